// Control characters but tab and line feed; what turns the direction of text; what ends a line unseen.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unseen = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text of strangers in characters that can be seen: an escape sequence is shown as what it is, and
 * does nothing here, nor where it is pasted. As long as the text, except for its line ends.
 */
export function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unseen, picture);
}

/** The picture of a control character, or a sign that something stands there. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "␦";
}
