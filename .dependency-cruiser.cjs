// The arrows of ARCHITECTURE.md as rules. A room knows only the rooms named here.
const rooms = ['graph', 'language-server', 'runtime', 'symbolic', 'extension', 'webview', 'cli'];
const knows = {
  graph: [],
  'language-server': ['graph'],
  runtime: ['graph'],
  symbolic: ['graph', 'runtime'],
  extension: ['graph', 'language-server', 'runtime', 'symbolic'],
  cli: ['graph', 'language-server', 'runtime', 'symbolic'],
  webview: ['graph'],
};

/** The messages and the page for the host; the drawing, which is free of the editor, for `graph --format svg`. */
const KNOWN_OF_WEBVIEW = {
  extension: '^webview/(messages|page)\\.ts$',
  cli: '^webview/(dom|icons)\\.ts$|^webview/(drawing|layout|model)/',
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `${room}-knows-only-${knows[room].join('-and-') || 'itself'}`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: { path: `^(${rooms.filter((other) => other !== room && !knows[room].includes(other)).join('|')})/`, ...(KNOWN_OF_WEBVIEW[room] ? { pathNot: KNOWN_OF_WEBVIEW[room] } : {}) },
    })),
    { name: 'vscode-in-extension-alone', severity: 'error', from: { path: `^(${rooms.filter((room) => room !== 'extension').join('|')})/` }, to: { path: '^vscode$|/@types/vscode/' } },
    { name: 'python-knows-no-framework', severity: 'error', from: { path: '^language-server/python/' }, to: { path: '^language-server/(library|tracing|extraction|checks|features)/' } },
    // an interpreter is recursive by nature: expressions hold calls hold functions hold statements
    { name: 'no-cycles', severity: 'error', from: { pathNot: '^language-server/python/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'type-import'] } } },
    { name: 'nothing-forgotten', severity: 'error', from: { orphan: true, pathNot: ['\\.test\\.ts$', '(^|/)main\\.ts$', 'worker\\.ts$', '\\.d\\.ts$', '^extension/extension\\.ts$', '\\.(json|pyi?|mjs)$', '/fixtures/'] }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$|(^|/)dist/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
