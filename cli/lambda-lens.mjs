#!/usr/bin/env node
import './require-node.mjs';
import { findCodeCache } from './prebuilt/code-cache.mjs';
import { findEntry } from './prebuilt/find-entry.mjs';
import { loadScript } from './prebuilt/load-script.mjs';

// Not by an import: an old Node.js, which has no such export, would fail before it is told so.
const { enableCompileCache } = process.getBuiltinModule('node:module');
// Stripping types and compiling take most of a start.
const codeCache = findCodeCache();
if (codeCache !== undefined) enableCompileCache(codeCache);
const words = process.argv.slice(2);
const entry = findEntry(words[0]);
await (entry.pathname.endsWith('.cjs') ? loadScript(entry).exports.startService(words) : import(entry.href));
