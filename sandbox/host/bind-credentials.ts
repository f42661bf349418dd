import type { Credential, Template } from './rest';

/**
 * The template with its credential slots pointing at these credentials: the one of the slot's type
 * that has the slot's name, else the first of its type. A slot that none fits stays as it is.
 */
export function bindCredentials(template: Template, credentials: readonly Credential[]): Template {
	return { ...template, nodes: template.nodes.map((node) => bindNode(node, credentials)) };
}

type Node = Template['nodes'][number];

function bindNode(node: Node, credentials: readonly Credential[]): Node {
	if (!node.credentials) return node;
	const slots = Object.entries(node.credentials).map(([type, slot]) => {
		const fitting = credentials.filter((credential) => credential.type === type);
		const chosen = fitting.find(({ name }) => name === slot.name) ?? fitting[0];
		return [type, chosen ? { id: chosen.id, name: chosen.name } : slot];
	});
	return { ...node, credentials: Object.fromEntries(slots) };
}
