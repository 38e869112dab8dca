// Says in words what the canvas shows: a tip beside the pointer, and a sentence for those who do not see it.
import { GROUP, INDIVIDUAL, KEY_RESULT, ORGANIZATION, PRIORITY } from "./forest.js";

const NAMES = {
  [PRIORITY]: "priority",
  [ORGANIZATION]: "organization",
  [INDIVIDUAL]: "individual",
  [KEY_RESULT]: "keyResult",
  [GROUP]: "group",
};

export class Telling {
  constructor(host, looks) {
    this.looks = looks;
    this.tip = host.querySelector("[data-tip]");
    this.live = host.querySelector("[data-said]");
  }

  /** Kind, team, cycle, status and progress of a node. */
  facts(forest, node) {
    const kind = forest.kind(node);
    const percent = forest.progress(node);
    return [
      NAMES[kind] !== undefined && this.looks.say(NAMES[kind]),
      forest.team(node),
      forest.cycle(node),
      kind !== PRIORITY && kind !== GROUP && this.looks.status(forest.status(node)).word,
      percent >= 0 && this.looks.say("percent", { percent }),
    ].filter(Boolean);
  }

  /** Reads a node out, with where it stands and what is below it. */
  read(forest, node) {
    const siblings = forest.below(forest.parent[node]);
    const below = forest.countBelow(node);
    const others = forest.data.also.filter((one, place) => place % 2 === 0 && one === node).length;
    const parts = [
      forest.titles[node],
      ...this.facts(forest, node),
      others > 0 && this.looks.say("also", { count: others }),
      below > 0 && this.looks.say(forest.open[node] ? "open" : "closed", { count: below }),
      this.looks.say("level", { level: forest.depth[node] + 1 }),
      this.looks.say("place", { place: siblings.indexOf(node) + 1, count: siblings.length }),
    ];
    this.say(parts.filter(Boolean).join(", "));
  }

  say(text) {
    this.live.textContent = text;
  }

  /** Shows the tip of a node below a point of the canvas, inside the map. */
  show(forest, node, [x, y], [width, height]) {
    const [title, facts] = this.tip.children;
    title.textContent = forest.titles[node];
    facts.textContent = this.facts(forest, node).join(" · ");
    this.tip.hidden = false;
    const box = this.tip.getBoundingClientRect();
    const left = Math.min(Math.max(x, 8), Math.max(width - box.width - 8, 8));
    const top = y + box.height + 8 > height ? y - box.height - 24 : y;
    Object.assign(this.tip.style, { left: `${left}px`, top: `${Math.max(top, 8)}px` });
  }

  hide() {
    this.tip.hidden = true;
  }
}
