#!/usr/bin/env node
import './require-node.mjs';
import { enableCompileCache } from 'node:module';
import { findEntry } from './prebuilt/find-entry.mjs';

// Stripping types and compiling take most of a start; Node.js keeps both in the directory for temporary files.
enableCompileCache();
await import(findEntry());
