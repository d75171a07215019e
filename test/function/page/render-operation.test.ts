import { describe, expect, it } from 'vitest';
import { snippetsFor } from '../../../function/page/call-snippets.ts';
import { photoCall } from '../../../function/page/photo-call.ts';
import { type Operation, renderOperation } from '../../../function/page/render-operation.ts';

const text = { type: 'string' } as const;
const bare: Operation = { operationId: 'read', responses: {} };

describe('a route on the page of the API', () => {
  it('has what is named of it, and nothing for what is not', () => {
    const html = renderOperation('GET', '/model', bare, undefined);

    expect(html).toContain('<section class="panel" id="read">');
    expect(html).toContain('</h3><p></p><div class="calls" id="read-call-0">');
    expect(html).not.toContain('samples');
    expect(html).not.toContain('class="try"');
    expect(html).not.toContain('Examples of answers');
    expect(html).toMatch(/<\/div><\/section>$/);
  });

  it('tells of its options, with a default where there is one', () => {
    const parameters = [
      { name: 'top', in: 'query', description: 'how <many>', schema: { type: 'integer', default: 3 } },
      { name: 'explain', in: 'query', description: 'why', schema: text },
    ];

    const html = renderOperation('GET', '/model', { ...bare, parameters }, undefined);

    expect(html).toContain('<code>3</code>');
    expect(html).toContain('how &#60;many&#62;');
    expect(html.match(/<code>(top|explain)<\/code>/g)).toHaveLength(2);
  });

  it('tells of bodies and answers with their examples, an error by its code', () => {
    const error = { error: { code: 'bad_request' } };
    const operation: Operation = {
      ...bare,
      summary: 'reads',
      requestBody: { description: 'a photo', content: { 'image/*': { schema: text, example: 'bytes' } } },
      responses: {
        200: { description: 'fine', content: { 'text/plain': { schema: text, example: { label: 'dress' } } } },
        204: { description: 'nothing' },
        400: { description: 'bad', content: { 'application/json': { schema: text, example: error } } },
      },
    };

    const html = renderOperation('POST', '/predict', operation, undefined);

    expect(html).toContain('<p>reads</p>');
    expect(html).toContain('<p>a photo</p>');
    expect(html.match(/<summary>[^<]*<\/summary>/g)?.filter((line) => /: |\d /.test(line))).toEqual([
      '<summary>image/*: example</summary>',
      '<summary>200 example</summary>',
      '<summary>400 bad_request</summary>',
    ]);
    expect(html).toContain('<pre tabindex="0">bytes</pre>');
    expect(html).toContain('{\n  &#34;label&#34;: &#34;dress&#34;\n}');
    expect(html).toContain('Examples of answers');
  });

  it('has one of three languages open', () => {
    const html = renderOperation('GET', '/health', bare, undefined);

    expect(html.match(/<details name="read-call-0"( open)?><summary>\w+/g)).toEqual([
      '<details name="read-call-0" open><summary>curl',
      '<details name="read-call-0"><summary>JavaScript',
      '<details name="read-call-0"><summary>Python',
    ]);
    expect(html).toContain('<span class="base">https://SERVICE/</span>');
  });

  it.each([
    ['GET', '/health', undefined, 'data-path="health">Try it<'],
    ['GET', '/health/live', undefined, 'data-path="health/live">Try it<'],
    ['POST', '/predict', 'a.jpg', 'data-path="predict" data-photo="examples/a.jpg">Try it with a.jpg<'],
    ['POST', '/predict', undefined, undefined],
    ['GET', '/docs', 'a.jpg', undefined],
  ])('can be tried, or not: %s %s, example %s', (method, path, example, button) => {
    const html = renderOperation(method, path, bare, example);

    if (button === undefined) expect(html).not.toContain('class="try"');
    else expect(html).toContain(button);
  });
});

describe('calls of a route', () => {
  it.each([
    ['/health', 'curl https://SERVICE/health', 'response.json()', 'response.json()'],
    ['/openapi.json', 'curl https://SERVICE/openapi.json', 'response.json()', 'response.json()'],
    ['/health/live', 'curl -i https://SERVICE/health/live', 'response.text()', 'response.text'],
    ['/examples/{name}', 'curl -O https://SERVICE/examples/t-shirt.jpg', 'response.blob()', 'len(response.content)'],
  ])('of %s read its kind of answer', (path, curl, javaScript, python) => {
    const [call, ...others] = snippetsFor('GET', path);

    expect(others).toEqual([]);
    expect(call?.curl).toBe(curl);
    expect(call?.javaScript).toContain(`await ${javaScript});`);
    expect(call?.python).toContain(`response.status_code, ${python})`);
  });

  it('send a photo in three ways', () => {
    const calls = snippetsFor('POST', '/predict');

    expect(calls.map(({ title }) => title)).toEqual(['Send a photo', 'Send the URL of a photo', 'Send several']);
    expect(calls[0]?.curl).toContain('/predict?top=5');
  });

  it('ask for so many labels, or leave that to the service', () => {
    expect(photoCall('https://x/', 2).python).toContain(
      '"https://x/",\n        params={"top": 2},\n        data=photo',
    );
    expect(photoCall('https://x/').python).toContain('"https://x/",\n        data=photo');
    expect(photoCall('https://x/').curl).toMatch(/'https:\/\/x\/'$/);
  });
});
