import type { INodeCredentialDescription, NodeHint } from 'n8n-workflow';
import { enrichment } from '../../lib/vendors/enrichment';
import { CAPABLE, CUSTOM, CUSTOM_CREDENTIALS, customAccount, titlesOf } from './provider-options';
import type { Operation } from './operations';

/**
 * A credential slot appears for each provider ticked in 'Providers'. It cannot follow the steps: n8n
 * shows a slot by the value of one parameter, and a path through every step is not one.
 * With the slash, because n8n takes a plain name for the choice of an authentication, and leaves that
 * parameter out of the panel.
 */
const slot = (name: string, displayName: string, account: string): INodeCredentialDescription => ({
	name,
	displayName,
	required: true,
	displayOptions: { show: { '/providers': [account] } },
});

export const credentials: INodeCredentialDescription[] = [
	...enrichment.map(({ credential, id, title }) => slot(credential, title, id)),
	...Object.entries(CUSTOM_CREDENTIALS)
		.filter(([type]) => type !== 'none')
		.map(([type, name]) => slot(type, `Custom HTTP (${name})`, customAccount(type))),
];

const warning = (message: string, condition: string): NodeHint => ({
	message,
	type: 'warning',
	location: 'ndv',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ ${condition} }}`,
});

const ACCOUNT = `(step.provider === "${CUSTOM}" ? "${customAccount('')}" + (step.authentication ?? "none") : step.provider)`;
const STEPS = '($parameter.steps?.values ?? [])';
const HAS_STEPS = '!["start", "collect"].includes($parameter.operation)';
const LACKING: Readonly<Partial<Record<Operation, string>>> = {
	enrichCompany: 'be asked about a company alone',
	verifyEmail: 'verify addresses',
	findContacts: 'search for people',
};

export const hints: NodeHint[] = [
	warning(
		"A step names a provider that is not ticked in 'Providers': it will be skipped",
		`${HAS_STEPS} && ${STEPS}.some((step) => !($parameter.providers ?? []).includes(${ACCOUNT}))`,
	),
	warning(
		"A provider ticked in 'Providers' has no step: it will never be asked",
		`${HAS_STEPS} && ($parameter.providers ?? []).some((id) => !${STEPS}.some((step) => ${ACCOUNT} === id))`,
	),
	warning(
		"The provider is not ticked in 'Providers', so it has no credential",
		'$parameter.operation === "start" && !($parameter.providers ?? []).includes($parameter.laterProvider)',
	),
	warning(
		'A budget has neither dollars nor credits: it limits nothing',
		'$parameter.operation !== "collect" && ($parameter.budgets?.values ?? []).some((budget) => !budget.usd && !budget.credits)',
	),
	...Object.entries(CAPABLE).map(([operation, ids]) =>
		warning(
			`A step's provider cannot ${LACKING[operation as Operation] ?? 'do this'} and will be skipped. These can: ${titlesOf(operation as Operation)}`,
			`$parameter.operation === "${operation}" && ${STEPS}.some((step) => !${JSON.stringify([...ids, CUSTOM])}.includes(step.provider))`,
		),
	),
];
