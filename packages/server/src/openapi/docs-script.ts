/**
 * The script of the page: sends the request of a form, without empty parameters and with its headers, and shows the
 * beginning of the response as text. Without it the forms still send their query.
 */
export const docsScript = `'use strict';
const most = 20000;

function requestOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const headers = {};
  for (const input of form.querySelectorAll('input')) {
    const value = input.value.trim();
    if (value === '') continue;
    if (input.dataset.in === 'path') path = path.replace('{' + input.name + '}', encodeURIComponent(value));
    else if (input.dataset.in === 'header') headers[input.name] = value;
    else query.set(input.name, value);
  }
  const credential = document.getElementById('credential').value.trim();
  if (credential !== '') headers.Authorization = 'Bearer ' + credential;
  const text = query.toString();
  return { url: text === '' ? path : path + '?' + text, headers };
}

async function beginningOf(response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length <= most) continue;
    await reader.cancel();
    return text.slice(0, most) + '\\n… only the beginning is shown';
  }
}

function show(output, title, body) {
  const heading = document.createElement('strong');
  heading.textContent = title;
  const pre = document.createElement('pre');
  pre.textContent = body;
  output.replaceChildren(heading, pre);
  output.hidden = false;
}

async function send(form) {
  const output = form.parentElement.querySelector('output');
  const { url, headers } = requestOf(form);
  const start = performance.now();
  try {
    const response = await fetch(url, { headers });
    const body = await beginningOf(response);
    const time = Math.round(performance.now() - start);
    show(output, 'GET ' + url + ': ' + response.status + ' in ' + time + ' ms', body);
  } catch (error) {
    show(output, 'GET ' + url, 'The response was cut, or the server cannot be reached: ' + error.message);
  }
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(event.target);
});
document.body.dataset.ready = 'true';
`;
