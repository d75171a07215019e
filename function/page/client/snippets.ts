/** How a program calls this very endpoint with a photo. */
export function snippetsFor(endpoint: string): Readonly<Record<string, string>> {
  return {
    curl: `curl --data-binary @photo.jpg -H 'content-type: image/jpeg' '${endpoint}'`,
    JavaScript: `const response = await fetch('${endpoint}', {
  method: 'POST',
  headers: { 'content-type': 'image/jpeg' },
  body: photo, // a File, a Blob or bytes
});
const { label, probability, verdict } = await response.json();`,
    Python: `import requests

with open("photo.jpg", "rb") as photo:
    answer = requests.post(
        "${endpoint}",
        data=photo,
        headers={"content-type": "image/jpeg"},
    ).json()
print(answer["label"], answer["probability"], answer["verdict"])`,
  };
}
