import { zipSync } from 'fflate';
import { hostileArchive } from './archives.ts';
import { joined, scrambled, text, truncated, type Hostile } from './damage.ts';

/** A pickle of protocol 2. */
const pickle = (...parts: readonly (Uint8Array | readonly number[])[]) => joined([0x80, 2], ...parts, text('.'));
const call = (module: string, name: string, argument: string) => pickle(text(`c${module}\n${name}\n(V${argument}\ntR`));
/** As protocol 4 names a global: from the stack. */
const stackGlobal = (module: string, name: string, argument: string) => joined([0x80, 4], shortText(module), shortText(name), [0x93], text(`(V${argument}\ntR.`));
const shortText = (content: string) => joined([0x8c, content.length], text(content));
const torch = (data: Uint8Array, storage = new Uint8Array(16)) => zipSync({ 'archive/data.pkl': data, 'archive/data/0': storage, 'archive/version': text('3\n') }, { level: 0 });
/** A tensor as PyTorch writes it, with any numbers in it. */
const tensor = (count: number, offset: number, shape: readonly number[], strides: readonly number[], key = '0') => {
  const integer = (value: number) => joined([0x4a], new Uint8Array(Int32Array.of(value).buffer));
  const tuple = (values: readonly number[]) => joined(text('('), ...values.map(integer), text('t'));
  return pickle(
    text('}Vw\nctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\nFloatStorage\n'), text(`V${key}\nVcpu\n`), integer(count), text('tQ'),
    integer(offset), tuple(shape), tuple(strides), [0x89], text('}tRs'),
  );
};

/** What a pickle would call if Python loaded it. `harm` is a file that it would make. */
function calls(harm: string): Record<string, Uint8Array> {
  const system = `touch ${harm}`;
  return {
    'os.system': call('os', 'system', system), 'posix.system': call('posix', 'system', system), 'nt.system': call('nt', 'system', system),
    'subprocess.Popen': call('subprocess', 'Popen', system), 'subprocess.check_output': call('subprocess', 'check_output', system),
    'builtins.eval': call('builtins', 'eval', `open("${harm}","w")`), 'builtins.exec': call('builtins', 'exec', `open("${harm}","w")`), '__builtin__.eval': call('__builtin__', 'eval', `open("${harm}","w")`),
    'builtins.getattr': call('builtins', 'getattr', 'os'), 'builtins.open': call('builtins', 'open', harm), 'builtins.__import__': call('builtins', '__import__', 'os'), 'builtins.compile': call('builtins', 'compile', 'x'),
    'importlib.import_module': call('importlib', 'import_module', 'os'), 'shutil.rmtree': call('shutil', 'rmtree', '/'), 'socket.create_connection': call('socket', 'create_connection', 'host'),
    'runpy.run_path': call('runpy', 'run_path', 'x.py'), 'webbrowser.open': call('webbrowser', 'open', 'http://host'), 'urllib.request.urlopen': call('urllib.request', 'urlopen', 'http://host'), 'pickle.loads': call('pickle', 'loads', 'x'),
    'os.system named from the stack': stackGlobal('os', 'system', system), 'builtins.eval named from the stack': stackGlobal('builtins', 'eval', `open("${harm}","w")`),
  };
}

const bounds: Record<string, Uint8Array> = {
  'a mark that is missing': pickle(text('t')),
  'a stack that is empty': pickle(text('R')),
  'a memo that is empty': pickle(text('g99\n')),
  'no end': joined([0x80, 2], text('}')),
  'an opcode that does not exist': pickle([0xfe]),
  'a protocol of the future': joined([0x80, 99], text('}.')),
  'a text longer than the file': pickle([0x58, 0xff, 0xff, 0xff, 0x7f], text('a')),
  'bytes longer than any file': pickle([0x8e], new Uint8Array(8).fill(0xff)),
  'a number of two thousand million bytes': pickle([0x8b, 0xff, 0xff, 0xff, 0x7f], text('a')),
  'lists, a hundred thousand deep': pickle(text('(l'.repeat(100_000)), text('a'.repeat(99_999))),
  'a list that holds itself': pickle(text(']q\u0000h\u0000a')),
  'a dictionary that holds itself': pickle(text('}q\u0000Va\nh\u0000s')),
  // each level holds the one below twice
  'a billion parts from thirty': pickle(text(']q\u0000'), ...Array.from({ length: 30 }, (_, level) => joined(text(`](h`), [level], text('h'), [level], text('eq'), [level + 1]))),
  'numbers alone': pickle(text('K\u0005')),
  'no pickle': text('hello, I am text'),
};

export function hostileLegacy(good: Uint8Array, harm: string): Hostile[] {
  return [
    ...Object.entries({ ...calls(harm), ...bounds }).map(([what, bytes]) => ({ what, bytes })),
    ...truncated(good), ...scrambled(good, 11),
  ];
}

export function hostileTorch(good: Uint8Array, harm: string): Hostile[] {
  const shapes: Record<string, Uint8Array> = {
    'a tensor larger than its storage': torch(tensor(4, 0, [100], [1])), 'a storage larger than its file': torch(tensor(1000, 0, [1000], [1])),
    'a tensor of a gigantic shape': torch(tensor(4, 0, [2 ** 30, 2 ** 30], [0, 0])), 'a negative shape': torch(tensor(4, 0, [-4], [1])), 'negative strides': torch(tensor(4, 3, [4], [-1])),
    'a place behind the storage': torch(tensor(4, 2 ** 30, [1], [1])), 'a negative place': torch(tensor(4, -4, [4], [1])), 'a storage that is not there': torch(tensor(4, 0, [4], [1], '7')),
    'a storage above its folder': torch(tensor(4, 0, [4], [1], '../../../../etc/passwd')), 'more strides than axes': torch(tensor(4, 0, [4], [1, 1])),
  };
  return [
    ...Object.entries({ ...calls(harm), ...bounds }).map(([what, bytes]) => ({ what, bytes: torch(bytes) })),
    ...Object.entries(shapes).map(([what, bytes]) => ({ what, bytes })),
    ...hostileArchive(good, 12),
  ];
}
