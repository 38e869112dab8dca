// Fetches what the map shows. Measures itself: "map:open" lasts from the arrival of the data to the first frame that
// answers to the pointer (see the browser's performance panel, or bin/bench map).
import { Forest } from "./forest.js";

const read = async (address) => {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw Object.assign(new Error(`${answer.status} for ${address}`), { status: answer.status });
  return answer.text();
};

export class Source {
  constructor(host) {
    this.data = host.dataset.source;
    this.titles = host.dataset.titles;
  }

  /** The nodes, with the first titles. */
  async forest() {
    const text = await read(this.data);
    performance.mark("map:data");
    return new Forest(JSON.parse(text));
  }

  /** Brings the titles that are still missing; false when the map has changed since and has to be fetched again. */
  async complete(forest) {
    if (forest.isTitled) return true;
    const address = new URL(this.titles, location.href);
    address.searchParams.set("version", forest.data.version);
    address.searchParams.set("start", forest.titled);
    try {
      forest.addTitles(JSON.parse(await read(address)));
    } catch (error) {
      if (error.status === 409) return false;
      throw error;
    }
    return true;
  }
}
