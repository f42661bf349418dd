import { sparing } from '../../lib/runtime/sparing';

it('lets one of a kind through at a time, and says how many it held back', () => {
	let at = 0;
	const spare = sparing({ now: () => at, everyMs: 10 });
	const lines: string[] = [];
	const say = (kind: string) => spare(kind, (held) => lines.push(`${kind} ${held}`));
	for (const kind of ['a', 'a', 'b', 'a']) say(kind);
	at = 10;
	say('a');
	say('a');
	at = 20;
	say('a');
	say('b');
	expect(lines).toEqual(['a 0', 'b 0', 'a 2', 'a 1', 'b 0']);
});
