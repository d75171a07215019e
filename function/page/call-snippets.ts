import { type PhotoCall, photoCall } from './photo-call.ts';

/** Where the page puts the address of this very service; without its script, what to put there. */
export const serviceAddress = 'https://SERVICE/';

export interface Call extends PhotoCall {
  readonly title: string;
}

/** How a route is called from three languages; a photo goes to `POST /predict` in three ways. */
export function snippetsFor(method: string, path: string): readonly Call[] {
  const address = `${serviceAddress}${path.slice(1).replace('{name}', 't-shirt.jpg')}`;
  if (method === 'POST')
    return [{ title: 'Send a photo', ...photoCall(address, 5) }, sendUrl(address), sendSeveral(address)];
  const isJson = path === '/health' || path === '/openapi.json';
  const [read, print] = isJson ? ['response.json()', 'response.json()'] : ['response.text()', 'response.text'];
  const isPhoto = path.startsWith('/examples/');
  return [
    {
      title: 'Call it',
      curl: isPhoto ? `curl -O ${address}` : path === '/health/live' ? `curl -i ${address}` : `curl ${address}`,
      javaScript: `const response = await fetch('${address}');\nconsole.log(response.status, await ${isPhoto ? 'response.blob()' : read});`,
      python: `import requests\n\nresponse = requests.get("${address}")\nprint(response.status_code, ${isPhoto ? 'len(response.content)' : print})`,
    },
  ];
}

function sendUrl(address: string): Call {
  return sendJson('Send the URL of a photo', address, '{"url": "https://example.org/t-shirt.jpg"}');
}

function sendSeveral(address: string): Call {
  const items = '{"items": [{"url": "https://example.org/a.jpg"}, {"url": "https://example.org/b.jpg"}]}';
  return sendJson('Send several', address, items);
}

/** JSON of these bodies is JavaScript and Python as well. */
function sendJson(title: string, address: string, body: string): Call {
  return {
    title,
    curl: `curl --json '${body}' ${address}`,
    javaScript: `const response = await fetch('${address}', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(${body}),
});
console.log(await response.json());`,
    python: `import requests

response = requests.post("${address}", json=${body})
print(response.json())`,
  };
}
