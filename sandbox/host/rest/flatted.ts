/**
 * n8n stores an execution as a flat list in which every object, array and string is an index
 * (https://github.com/WebReflection/flatted). Gives back the value it stands for.
 */
export function unflatten(text: string): unknown {
	const list: unknown = JSON.parse(text);
	if (!Array.isArray(list)) throw new Error('not a flatted text: it is no list');
	const slots: readonly unknown[] = list;
	const revived = new Map<number, unknown>();

	const at = (index: number): unknown => {
		if (revived.has(index)) return revived.get(index);
		const slot = slots[index];
		if (typeof slot !== 'object' || slot === null) return slot;
		// Set before its members are revived: a member may point back at it.
		const value: unknown[] | Record<string, unknown> = Array.isArray(slot) ? [] : {};
		revived.set(index, value);
		for (const [key, member] of Object.entries(slot)) {
			Object.defineProperty(value, key, {
				value: typeof member === 'string' ? at(Number(member)) : member,
				enumerable: true,
				writable: true,
				configurable: true,
			});
		}
		return value;
	};

	return at(0);
}
