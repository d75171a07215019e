#!/usr/bin/env node
import './require-node.mjs';
import { enableCompileCache } from 'node:module';
import { findEntry } from './prebuilt/find-entry.mjs';
import { loadScript } from './prebuilt/load-script.mjs';

// Stripping types and compiling take most of a start; Node.js keeps both in the directory for temporary files.
enableCompileCache();
const words = process.argv.slice(2);
const entry = findEntry(words[0]);
await (entry.pathname.endsWith('.cjs') ? loadScript(entry).exports.startService(words) : import(entry.href));
