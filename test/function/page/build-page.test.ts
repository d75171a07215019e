import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { buildPage } from '../../../function/page/build-page.ts';
import { contentSecurityPolicy } from '../../../function/page/content-security-policy.ts';
import { offerExamples } from '../../../function/page/offer-examples.ts';

const maximumCompressedSizeInBytes = 80_000;

let html: string;

beforeAll(async () => {
  html = await buildPage('index');
});

const withoutScript = () => html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
const inside = (tag: string) => new RegExp(`<${tag}>([\\s\\S]+?)</${tag}>`).exec(html)?.[1] ?? '';

describe('the demo page', () => {
  it('is the same bytes at every build', async () => {
    expect(await buildPage('index')).toBe(html);
  });

  it('is one small file, its small pictures included', () => {
    const served = offerExamples(html, assets.examplesDirectory);

    expect(gzipSync(served).length).toBeLessThan(maximumCompressedSizeInBytes);
  });

  it('asks nobody but its own service', () => {
    const addresses = [...withoutScript().matchAll(/(?:src|href|action)="([^"]+)"/gi)].map(([, to = '']) => to);

    expect(addresses.length).toBeGreaterThan(2);

    for (const address of addresses) expect(address).toMatch(/^(data:|#|docs$|model$|openapi\.json$)/);
    const hosts = [...html.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host);

    expect(new Set(hosts)).toEqual(new Set(['www.w3.org', 'example.org']));
  });

  it.each(['script', 'style'])('allows its own inline %s by its hash, and no other', (tag) => {
    const hash = createHash('sha256').update(inside(tag)).digest('base64');

    expect(inside(tag).length).toBeGreaterThan(1000);
    expect(contentSecurityPolicy(html)).toContain(`${tag}-src 'sha256-${hash}'`);
    expect(contentSecurityPolicy(html)).not.toContain('unsafe-');
  });

  it('has no inline handler or style attribute, which the policy would block', () => {
    expect(withoutScript()).not.toMatch(/\son\w+=|\sstyle=/);
  });
});
