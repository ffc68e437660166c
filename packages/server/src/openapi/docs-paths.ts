/** The files of the page. */
export const stylePath = '/docs/style.css';
export const scriptPath = '/docs/script.js';
