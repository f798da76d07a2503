/** elkjs ships its worker without types: in Node it exports a stand-in for a web worker. */
declare module 'elkjs/lib/elk-worker.min.js' {
  const exported: { readonly Worker: new () => Worker };
  export default exported;
}
