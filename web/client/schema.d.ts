/**
 * The wire as docs/protocol.md describes it, in the form openapi-typescript writes;
 * `npm run types` writes this file anew from the server's description.
 */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Status: "assistant" | "waiting" | "human" | "closed";
        Source: {
            /** Format: uuid */
            article: string;
            title: string;
            quote: string;
        };
        Choice: {
            id: string;
            label: string;
        };
        Day: {
            /** Format: date */
            date: string;
            label: string;
            times: components["schemas"]["Choice"][];
        };
        BookingCard: {
            reference: string;
            service: string;
            specialist: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            time_zone: string;
            /** @enum {string} */
            status: "held" | "confirmed" | "cancelled";
            place: string;
        };
        Message: {
            seq: number;
            /** @enum {string} */
            from: "visitor" | "assistant" | "employee" | "system";
            /** Format: date-time */
            at: string;
            text: string;
            author: string | null;
            /** Format: uuid */
            client_id: string | null;
            sources: components["schemas"]["Source"][];
            choices: components["schemas"]["Choice"][];
            days: components["schemas"]["Day"][];
            /** @enum {string} */
            ask: "name" | "phone" | "email" | null;
            booking: components["schemas"]["BookingCard"] | null;
        };
        FieldError: {
            pointer: string;
            code: string;
            message: string;
        };
        Problem: {
            type: string;
            status: number;
            /** @enum {string} */
            code: "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "taken" | "too_large" | "too_many" | "consent_required" | "gone" | "unavailable" | "internal";
            title: string;
            errors: components["schemas"]["FieldError"][];
        };
        ConsentText: {
            version: string;
            language: string;
            title: string;
            paragraphs: string[];
            agree: string;
            health: string | null;
            hash: string;
        };
        WidgetConfig: {
            tenant: string;
            /** @enum {string} */
            business: "clinic" | "salon";
            /** @enum {string} */
            language: "ru" | "en";
            languages: ("ru" | "en")[];
            greeting: string;
            hours: string;
            phone: string | null;
            consent: components["schemas"]["ConsentText"];
            quick_replies: components["schemas"]["Choice"][];
        };
        ConsentGiven: {
            version: string;
            hash: string;
            agreed: boolean;
            health: boolean;
        };
        StartConversation: {
            key: string;
            /** Format: uuid */
            client_id: string;
            /** @enum {string} */
            language: "ru" | "en";
            widget_version: string;
            consent: components["schemas"]["ConsentGiven"];
        };
        ConversationStarted: {
            /** Format: uuid */
            conversation: string;
            token: string;
        };
        Article: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            language: "ru" | "en";
            title: string;
            text: string;
            version: number;
            /** Format: date-time */
            updated_at: string;
        };
        WidgetArticle: {
            /** Format: uuid */
            id: string;
            title: string;
            text: string;
            /** @enum {string} */
            language: "ru" | "en";
        };
        WidgetHello: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hello";
            key: string;
            /** Format: uuid */
            conversation: string;
            token: string;
            after: number;
            /** @enum {string} */
            language: "ru" | "en";
        };
        WidgetSend: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "send";
            /** Format: uuid */
            id: string;
            text: string;
            choice?: string;
        };
        WidgetTyping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "typing";
            on: boolean;
        };
        WidgetRead: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "read";
            seq: number;
        };
        Ping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ping";
        };
        WidgetCommand: components["schemas"]["WidgetHello"] | components["schemas"]["WidgetSend"] | components["schemas"]["WidgetTyping"] | components["schemas"]["WidgetRead"] | components["schemas"]["Ping"];
        WidgetWelcome: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "welcome";
            /** Format: uuid */
            conversation: string;
            last: number;
            status: components["schemas"]["Status"];
            operator: string | null;
        };
        WidgetMessage: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "message";
            message: components["schemas"]["Message"];
        };
        WidgetReceived: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "received";
            /** Format: uuid */
            id: string;
            seq: number;
            /** Format: date-time */
            at: string;
        };
        WidgetStatus: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "status";
            status: components["schemas"]["Status"];
            operator: string | null;
        };
        WidgetTypingEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "typing";
            /** @enum {string} */
            from: "assistant" | "employee";
            on: boolean;
        };
        WidgetReadEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "read";
            seq: number;
        };
        WidgetError: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "error";
            /** @enum {string} */
            code: "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "taken" | "too_large" | "too_many" | "consent_required" | "gone" | "unavailable" | "internal";
            text: string;
            /** Format: uuid */
            id: string | null;
            pointer: string | null;
        };
        Pong: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "pong";
        };
        WidgetEvent: components["schemas"]["WidgetWelcome"] | components["schemas"]["WidgetMessage"] | components["schemas"]["WidgetReceived"] | components["schemas"]["WidgetStatus"] | components["schemas"]["WidgetTypingEvent"] | components["schemas"]["WidgetReadEvent"] | components["schemas"]["WidgetError"] | components["schemas"]["Pong"];
        Operator: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        SessionEmployee: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "receptionist";
        };
        SessionTenant: {
            name: string;
            /** @enum {string} */
            business: "clinic" | "salon";
            time_zone: string;
            public_key: string;
            languages: ("ru" | "en")[];
        };
        Session: {
            employee: components["schemas"]["SessionEmployee"];
            tenant: components["schemas"]["SessionTenant"];
            csrf: string;
        };
        Conversation: {
            /** Format: uuid */
            id: string;
            status: components["schemas"]["Status"];
            /** @enum {string} */
            language: "ru" | "en";
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            last_at: string;
            last_seq: number;
            read_seq: number;
            unread: number;
            visitor: string | null;
            preview: string;
            operator: components["schemas"]["Operator"] | null;
        };
        VisitorConsent: {
            version: string;
            /** Format: date-time */
            at: string;
            health: boolean;
        };
        Visitor: {
            /** Format: uuid */
            id: string;
            name: string | null;
            phone: string | null;
            email: string | null;
            ip: string | null;
            consent: components["schemas"]["VisitorConsent"];
        };
        Lead: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            conversation: string;
            /** @enum {string} */
            kind: "contact" | "callback";
            name: string | null;
            phone: string | null;
            email: string | null;
            note: string;
            /** @enum {string} */
            status: "new" | "done";
            /** Format: date-time */
            created_at: string;
        };
        Booking: {
            /** Format: uuid */
            id: string;
            reference: string;
            /** Format: uuid */
            conversation: string | null;
            service: string;
            /** Format: uuid */
            specialist_id: string;
            specialist: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            /** @enum {string} */
            status: "held" | "confirmed" | "cancelled";
            name: string | null;
            phone: string | null;
        };
        ConversationDetail: {
            conversation: components["schemas"]["Conversation"];
            visitor: components["schemas"]["Visitor"];
            leads: components["schemas"]["Lead"][];
            bookings: components["schemas"]["Booking"][];
        };
        Service: {
            /** Format: uuid */
            id: string;
            name: string;
            duration_min: number;
            price: number | null;
            specialists: string[];
        };
        Specialist: {
            /** Format: uuid */
            id: string;
            name: string;
            title: string;
        };
        ArticleSummary: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            language: "ru" | "en";
            title: string;
            version: number;
            /** Format: date-time */
            updated_at: string;
            length: number;
        };
        PanelHello: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hello";
            after: number | null;
        };
        PanelTyping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "typing";
            /** Format: uuid */
            conversation: string;
            on: boolean;
        };
        PanelCommand: components["schemas"]["PanelHello"] | components["schemas"]["PanelTyping"] | components["schemas"]["Ping"];
        PanelWelcome: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "welcome";
            feed: number;
        };
        PanelMessages: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "messages";
            feed: number;
            conversation: components["schemas"]["Conversation"];
            messages: components["schemas"]["Message"][];
        };
        PanelConversation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conversation";
            feed: number;
            conversation: components["schemas"]["Conversation"];
        };
        PanelLead: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "lead";
            feed: number;
            lead: components["schemas"]["Lead"];
        };
        PanelBooking: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "booking";
            feed: number;
            booking: components["schemas"]["Booking"];
        };
        PanelArticle: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "article";
            feed: number;
            /** Format: uuid */
            article: string;
        };
        PanelTypingEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "typing";
            /** Format: uuid */
            conversation: string;
            /** @enum {string} */
            from: "visitor" | "employee";
            on: boolean;
        };
        PanelResync: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "resync";
            feed: number;
        };
        PanelSignedOut: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "signed_out";
        };
        PanelError: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "error";
            /** @enum {string} */
            code: "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "taken" | "too_large" | "too_many" | "consent_required" | "gone" | "unavailable" | "internal";
            text: string;
        };
        PanelEvent: components["schemas"]["PanelWelcome"] | components["schemas"]["PanelMessages"] | components["schemas"]["PanelConversation"] | components["schemas"]["PanelLead"] | components["schemas"]["PanelBooking"] | components["schemas"]["PanelArticle"] | components["schemas"]["PanelTypingEvent"] | components["schemas"]["PanelResync"] | components["schemas"]["PanelSignedOut"] | components["schemas"]["PanelError"] | components["schemas"]["Pong"];
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
