/**
 * Node's HTTP module without what `import` adds: an import reads every export at once, among them `WebSocket`, whose getter
 * loads an HTTP client of more than a megabyte that nothing here uses, half of what a process takes to listen.
 */
export const { Agent, createServer, request, STATUS_CODES } = process.getBuiltinModule('node:http');
