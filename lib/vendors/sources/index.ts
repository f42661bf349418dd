// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { LeadSource } from './port';
import { adobeIo } from './adobe-io';
import { calCom } from './cal-com';
import { calendly } from './calendly';
import { clay } from './clay';
import { form } from './form';
import { hubspot } from './hubspot';
import { mailgun } from './mailgun';
import { salesforce } from './salesforce';
import { segment } from './segment';
import { sendgrid } from './sendgrid';
import { shopify } from './shopify';
import { typeform } from './typeform';

export const sources = [
	adobeIo,
	calCom,
	calendly,
	clay,
	form,
	hubspot,
	mailgun,
	salesforce,
	segment,
	sendgrid,
	shopify,
	typeform,
] as const satisfies readonly LeadSource[];
