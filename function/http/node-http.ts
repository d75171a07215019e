/**
 * Node's HTTP module, loaded when it is asked for: no start on Lambda needs it. And without what `import` adds, which reads
 * every export at once, among them `WebSocket`, whose getter loads an HTTP client of more than a megabyte that nothing here
 * uses, half of what a process takes to listen.
 */
export function nodeHttp(): typeof import('node:http') {
  return process.getBuiltinModule('node:http');
}
