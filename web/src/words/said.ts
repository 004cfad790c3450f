/** What a mail server said, for people: "code: words" without the code. */
export const said = (words: string) => words.replace(/^[a-z0-9_]+: /, '');
