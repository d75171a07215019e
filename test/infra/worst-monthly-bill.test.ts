import { expect, it } from 'vitest';
import { worstMonthlyBill } from '../../infra/worst-monthly-bill.ts';

// 2,592,000 seconds; 25,920,000 requests at $0.20 a million are $5.184.
it.each([
  { architecture: 'arm64', memoryInMb: 1024, concurrency: 1, dollars: 40 }, // 34.56 + 5.18
  { architecture: 'x86_64', memoryInMb: 1024, concurrency: 1, dollars: 48 }, // 43.20 + 5.18
  { architecture: 'arm64', memoryInMb: 2048, concurrency: 1000, dollars: 74_304 }, // 69,120 + 5,184
] as const)('multiplies time, memory and requests: $architecture, $memoryInMb MB, $concurrency at a time', (row) => {
  expect(worstMonthlyBill(row, row.concurrency)).toBe(row.dollars);
});
