// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { CalendarVendor } from './port';
import { googleCalendar } from './google';

export const calendars = [googleCalendar] as const satisfies readonly CalendarVendor[];
