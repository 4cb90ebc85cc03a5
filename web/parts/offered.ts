// A menu of some of a noun's words in an order of its own. It says of every word whether it is offered, so that the compiler
// asks when a word is added.
export function offered<Word extends string>(menu: Readonly<Record<Word, boolean>>): Word[] {
  return (Object.keys(menu) as Word[]).filter((word) => menu[word])
}
