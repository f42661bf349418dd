import { bindCredentials } from '../../sandbox/host/bind-credentials';
import { Template } from '../../sandbox/host/rest';

const slot = (type: string, name: string) => ({ [type]: { id: '__placeholder__', name } });

const template = (credentials: ReturnType<typeof slot>) =>
	Template.parse({
		name: 'T',
		nodes: [{ name: 'N', type: 'n', credentials }],
		connections: {},
	});

const credentials = [
	{ id: '1', name: 'Apollo', type: 'httpHeaderAuth' },
	{ id: '2', name: 'Clearbit', type: 'httpHeaderAuth' },
];

describe('bindCredentials', () => {
	it.each([
		['the one of the same name', slot('httpHeaderAuth', 'Clearbit'), '2'],
		['else the first of its type', slot('httpHeaderAuth', 'Mine'), '1'],
		['nothing when none fits', slot('slackApi', 'Slack'), '__placeholder__'],
	])('takes %s', (_, wanted, id) => {
		const [node] = bindCredentials(template(wanted), credentials).nodes;
		expect(Object.values(node?.credentials ?? {})[0]?.id).toBe(id);
	});
});
