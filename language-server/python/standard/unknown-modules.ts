/** Modules of the standard library that shape no model: everything in them is unknown, nothing is reported. */
export const unknownModules: ReadonlySet<string> = new Set((
  'antigravity array asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex builtins_ bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop colorsys '
  + 'compileall concurrent configparser contextvars copyreg cProfile crypt csv ctypes curses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip errno '
  + 'faulthandler fcntl filecmp fileinput fractions ftplib gc getopt getpass gettext glob graphlib grp gzip hashlib hmac html http idlelib imaplib imghdr imp '
  + 'ipaddress keyword lib2to3 linecache locale lzma mailbox mailcap marshal mimetypes mmap modulefinder msilib multiprocessing netrc nis nntplib ntpath nturl2path '
  + 'opcode optparse ossaudiodev parser pdb pickle pickletools pipes plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pyexpat '
  + 'queue quopri readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd struct '
  + 'sqlite3 sre_compile sre_constants sre_parse ssl stat stringprep subprocess sunau symbol symtable sysconfig syslog tabnanny tarfile telnetlib tempfile termios '
  + 'test this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle unicodedata unittest urllib uu uuid venv wave '
  + 'webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo _thread _io _collections_abc _weakref'
).split(' '));
