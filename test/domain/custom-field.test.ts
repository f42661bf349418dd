import { checkCustom, customFields } from '../../lib/domain/custom-field';

const fields = customFields([
	{ name: 'plan', allowed: ['Free', 'Pro'], owner: 'crm' },
	{ name: 'seats', type: 'number' },
	{ name: 'trial', type: 'boolean' },
	{ name: 'renewsOn', type: 'date' },
	{ name: 'interests', type: 'list', allowed: ['crm', 'calls'] },
	{ name: 'region', required: true },
]);

it('puts fields under their own names and into their types, and leaves the others alone', () => {
	expect(
		checkCustom(
			{
				Plan: 'pro',
				seats: '12',
				Trial: 'yes',
				renews_on: '2026-12-01',
				interests: 'CRM; calls;',
				region: ' EMEA ',
				loyaltyPoints: 420,
			},
			fields,
		),
	).toEqual({
		custom: {
			plan: 'Pro',
			seats: 12,
			trial: true,
			renewsOn: '2026-12-01T00:00:00.000Z',
			interests: ['crm', 'calls'],
			region: 'EMEA',
			loyaltyPoints: 420,
		},
		unread: {},
		problems: [],
	});
});

it('keeps what does not fit, and says what would', () => {
	expect(
		checkCustom(
			{ plan: 'Gold', seats: 'many', trial: 'perhaps', interests: ['crm', 'tea'], region: 'EU' },
			fields,
		),
	).toEqual({
		custom: { region: 'EU' },
		unread: { plan: 'Gold', seats: 'many', trial: 'perhaps', interests: ['crm', 'tea'] },
		problems: [
			{ field: 'custom.plan', value: '"Gold"', reason: 'is not one of: Free, Pro' },
			{ field: 'custom.seats', value: '"many"', reason: 'is not a number' },
			{ field: 'custom.trial', value: '"perhaps"', reason: 'is not a boolean' },
			{ field: 'custom.interests', value: '"["crm","tea"]"', reason: 'is not one of: crm, calls' },
		],
	});
});

it('asks for what is required, and masks what it complains about', () => {
	const { problems } = checkCustom({ plan: 'ada@northwind-analytics.com' }, fields);
	expect(problems).toEqual([
		{
			field: 'custom.plan',
			value: '"a***@northwind-analytics.com"',
			reason: 'is not one of: Free, Pro',
		},
		{ field: 'custom.region', value: 'nothing', reason: 'is missing' },
	]);
});

it('changes nothing the second time', () => {
	const once = checkCustom({ plan: 'PRO', seats: '3', trial: 0, interests: 'calls' }, fields);
	expect(checkCustom(once.custom, fields).custom).toEqual(once.custom);
});

it.each([
	[[{ type: 'text' }], /number 1 is not valid: 'name'/],
	[[{ name: 'a' }, { name: 'b', type: 'colour' }], /number 2 is not valid: 'type'/],
	[[{ name: 'Plan' }, { name: 'plan' }], /'plan' is defined twice/],
	[[{ name: 'seats', type: 'number', allowed: ['1', 'two'] }], /'seats' allows "two", which is no/],
])('refuses the definitions %j', (definitions, message) =>
	expect(() => customFields(definitions)).toThrow(message),
);
