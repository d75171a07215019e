/** How a program sends a photo to `POST /predict`, in three languages. */
export interface PhotoCall {
  readonly curl: string;
  readonly javaScript: string;
  readonly python: string;
}

/** @param top how many labels to ask for; undefined leaves it to the service */
export function photoCall(address: string, top?: number): PhotoCall {
  const query = top === undefined ? '' : `?top=${top}`;
  const parameters = top === undefined ? '' : `\n        params={"top": ${top}},`;
  return {
    curl: `curl --data-binary @photo.jpg -H 'content-type: image/jpeg' '${address}${query}'`,
    javaScript: `const response = await fetch('${address}${query}', {
  method: 'POST',
  headers: { 'content-type': 'image/jpeg' },
  body: photo, // a File, a Blob or bytes
});
const { label, probability, verdict } = await response.json();`,
    python: `import requests

with open("photo.jpg", "rb") as photo:
    response = requests.post(
        "${address}",${parameters}
        data=photo,
        headers={"content-type": "image/jpeg"},
    )
answer = response.json()
print(answer["label"], answer["probability"], answer["verdict"])`,
  };
}
