// Short names for the generated wire types; schema.d.ts is written by `npm run types`, never by hand.
import type { components } from "./schema";

export type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Message = Schemas["Message"];
export type Source = Schemas["Source"];
export type Choice = Schemas["Choice"];
export type Day = Schemas["Day"];
export type BookingCard = Schemas["BookingCard"];
export type Status = Schemas["Status"];
export type WidgetConfig = Schemas["WidgetConfig"];
export type ConsentText = Schemas["ConsentText"];
export type StartConversation = Schemas["StartConversation"];
export type ConversationStarted = Schemas["ConversationStarted"];
export type Article = Schemas["Article"];
export type Problem = Schemas["Problem"];
export type WidgetCommand = Schemas["WidgetCommand"];
export type WidgetEvent = Schemas["WidgetEvent"];
export type Session = Schemas["Session"];
export type Conversation = Schemas["Conversation"];
export type ConversationDetail = Schemas["ConversationDetail"];
export type Visitor = Schemas["Visitor"];
export type Lead = Schemas["Lead"];
export type Booking = Schemas["Booking"];
export type Service = Schemas["Service"];
export type Specialist = Schemas["Specialist"];
export type ArticleSummary = Schemas["ArticleSummary"];
export type PanelCommand = Schemas["PanelCommand"];
export type PanelEvent = Schemas["PanelEvent"];

/** What the widget may rely on when it opens a source. */
export type WidgetArticle = Pick<Article, "id" | "title" | "text" | "language">;

export type Language = WidgetConfig["language"];

/** One variant of a union of frames: `Frame<WidgetEvent, "welcome">`. */
export type Frame<Union extends { type: string }, Type extends Union["type"]> = Extract<Union, { type: Type }>;
