import type { INodeCredentialDescription, NodeHint } from 'n8n-workflow';
import { enrichment } from '../../lib/vendors/enrichment';
import {
	CAPABLE,
	CUSTOM,
	UNPRICED,
	CUSTOM_CREDENTIALS,
	customAccount,
	titlesOf,
} from './provider-options';
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
const NO_PRICE = JSON.stringify([...UNPRICED.map(({ id }) => id), CUSTOM]);
const IN_DOLLARS = '($parameter.budgets?.values ?? []).filter((budget) => budget.usd > 0)';
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
	warning(
		`A budget is in US dollars, and a step's provider has no public price: it is skipped until the step has a 'Price of a Credit'. Without a price: ${UNPRICED.map(({ title }) => title).join(', ')}, Custom HTTP`,
		`${HAS_STEPS} && ${IN_DOLLARS}.some((budget) => ${STEPS}.some((step) => ${NO_PRICE}.includes(step.provider) && !(step.creditPrice > 0) && (!budget.provider || budget.provider === step.provider)))`,
	),
	warning(
		"A budget is in US dollars, and the provider has no public price: nothing is started until 'Price of a Credit' is set in the options",
		`$parameter.operation === "start" && ${NO_PRICE}.includes($parameter.laterProvider) && !($parameter.options?.creditPrice > 0) && ${IN_DOLLARS}.some((budget) => !budget.provider || budget.provider === $parameter.laterProvider)`,
	),
	...Object.entries(CAPABLE).map(([operation, ids]) =>
		warning(
			`A step's provider cannot ${LACKING[operation as Operation] ?? 'do this'} and will be skipped. These can: ${titlesOf(operation as Operation)}`,
			`$parameter.operation === "${operation}" && ${STEPS}.some((step) => !${JSON.stringify([...ids, CUSTOM])}.includes(step.provider))`,
		),
	),
];
