using System.Collections.Frozen;
using static Relais.Channels.ErrorAction;

namespace Relais.Channels.Twilio;

/// <summary>
/// Twilio's error codes (twilio.com/docs/api/errors) and what each asks of us. Of its refusals for load only 20429 and
/// 20503 surely mean "never processed"; other faults of its own may have sent the message, so they stay Unknown.
/// </summary>
internal static class TwilioErrors
{
    private static readonly TimeSpan TokenWait = TimeSpan.FromSeconds(60);

    /// <summary>Twilio queues 80 messages a second for hours; a full queue drains in minutes.</summary>
    private static readonly TimeSpan QueueWait = TimeSpan.FromMinutes(2);

    private static readonly ErrorRule BadSender = new(StopInbox, "Twilio cannot send from this number; check the sender in the Twilio Console and in this inbox.");
    private static readonly ErrorRule BadCallback = new(StopInbox, "Twilio does not take the address for status callbacks; set a public https RELAIS_PUBLIC_URL.");
    private static readonly ErrorRule BadRecipient = new(Reject, "This is no number that can get messages.");
    private static readonly ErrorRule BadContent = new(Reject, "Twilio does not take the template's values; correct the template or its variables.");
    private static readonly ErrorRule BadBody = new(Reject, "The text or its attachments are missing, too long or not loadable.");
    private static readonly ErrorRule BadTemplate = new(Reject, "The template cannot be used; look at its state in the Twilio Console.");
    private static readonly ErrorRule WhatsAppFault = new(Retry, "WhatsApp or the way to it failed for a while.");
    private static readonly ErrorRule Blocked = new(Reject, "The message was blocked; review its content.");
    private static readonly ErrorRule Inside = new(Unsure, "Twilio failed inside; the message may have gone out.");

    private static readonly FrozenDictionary<int, ErrorRule> Rules = new Dictionary<int, ErrorRule>
    {
        // What a new token mends is held, so that the messages still go out after mending.
        [20003] = new(ProbeInbox, "Twilio did not accept the account's SID and auth token; put valid ones into this inbox.", TokenWait),
        [20429] = new(HoldInbox, "Too many requests of this account at once.", TimeSpan.FromSeconds(1)),
        [20503] = new(HoldInbox, "Twilio is unavailable."),
        [20500] = Inside,
        [20504] = Inside,
        [21611] = new(HoldInbox, "This number's queue at Twilio is full.", QueueWait),
        [30001] = new(HoldInbox, "The queue at Twilio is full.", QueueWait),
        [63017] = new(HoldInbox, "WhatsApp's rate for this number is used up.", TimeSpan.FromSeconds(10)),
        [63018] = new(HoldRecipient, "WhatsApp's rate for this number or customer is used up.", TimeSpan.FromSeconds(10)),
        [63038] = new(ProbeInbox, "The account's messages for today are used up; it goes on tomorrow.", TimeSpan.FromHours(1)),
        [30008] = WhatsAppFault,
        [63009] = WhatsAppFault,
        [63010] = WhatsAppFault,
        [63012] = WhatsAppFault,
        [63023] = WhatsAppFault,
        [63037] = WhatsAppFault,

        [20005] = new(StopInbox, "The Twilio account is not active; check its balance and state."),
        [30002] = new(StopInbox, "The Twilio account is suspended; see the Twilio Console."),
        [20404] = new(StopInbox, "Twilio does not know this account; check the inbox's account SID."),
        [21601] = BadSender,
        [21606] = BadSender,
        [21607] = BadSender,
        [21657] = BadSender,
        [21701] = BadSender,
        [21702] = BadSender,
        [21703] = BadSender,
        [21704] = BadSender,
        [21705] = BadSender,
        [63001] = BadSender,
        [63002] = BadSender,
        [63007] = BadSender,
        [63008] = BadSender,
        [63022] = BadSender,
        [21609] = BadCallback,
        [21626] = BadCallback,
        [63020] = new(StopInbox, "Meta's Business Manager refuses the account or the invitation was not accepted."),
        [63051] = new(StopInbox, "Meta locked or restricted the WhatsApp account."),

        [21610] = new(OptedOut, "The customer opted out with STOP."),

        [20001] = new(Reject, "Twilio does not know a parameter of the request."),
        [20409] = new(Reject, "Twilio reports a conflict with another request."),
        [21211] = BadRecipient,
        [21604] = BadRecipient,
        [21614] = BadRecipient,
        [21212] = new(Reject, "Twilio does not take the sender's number; check this inbox."),
        [21408] = new(Reject, "Messages to this country are switched off; allow them in the Twilio Console."),
        [21602] = BadBody,
        [21617] = BadBody,
        [21620] = BadBody,
        [21623] = BadBody,
        [21658] = BadBody,
        [21608] = new(Reject, "A trial account writes only to verified numbers; verify this one or upgrade."),
        [21654] = BadContent,
        [21655] = BadContent,
        [21656] = BadContent,
        [92006] = BadContent,
        [92007] = BadContent,
        [30003] = new(Reject, "The customer's phone cannot be reached; try again in some hours."),
        [30004] = Blocked,
        [30005] = new(Reject, "The customer's number is unknown."),
        [30006] = new(Reject, "A landline or a carrier that cannot be reached."),
        [30007] = Blocked,
        [30010] = new(Reject, "The message costs more than the price set for it."),
        [30034] = new(Reject, "The number is not registered for this kind of traffic."),
        [30036] = new(Reject, "The message was not delivered in the time set for it."),
        [30410] = new(Reject, "The carrier did not answer Twilio in time."),
        [63003] = new(Reject, "The customer is not on WhatsApp."),
        [63005] = BadBody,
        [63006] = BadBody,
        [63021] = BadBody,
        [63013] = new(Reject, "The message breaks a policy of WhatsApp."),
        [63014] = new(Reject, "The customer blocked this business."),
        [63015] = new(Reject, "The customer has not joined the sandbox; ask for the join word."),
        [63016] = new(Reject, "More than 24 hours since the customer last wrote; use a template."),
        [63019] = BadBody,
        [63024] = new(Reject, "The customer cannot be reached on WhatsApp."),
        [63025] = new(Reject, "The file is there already."),
        [63026] = new(Reject, "The content was taken for spam; review it."),
        [63027] = BadTemplate,
        [63028] = BadTemplate,
        [63029] = BadTemplate,
        [63030] = BadTemplate,
        [63040] = BadTemplate,
        [63041] = new(PutOff, "The template is paused; use another or wait until it is resumed.", TimeSpan.FromHours(3)),
        [63042] = BadTemplate,
        [63043] = BadTemplate,
        [63044] = BadTemplate,
        [63045] = BadTemplate,
        [63046] = BadTemplate,
        [63047] = BadTemplate,
        [63031] = new(Reject, "The number cannot write to itself."),
        [63032] = new(Reject, "WhatsApp does not let this customer get the message."),
        [63033] = new(Reject, "The customer is blocked."),
        [63034] = BadBody,
        [11751] = BadBody,
        [63049] = new(Reject, "Meta held this marketing message back; try again in a day at the earliest."),
    }.ToFrozenDictionary();

    /// <summary>The rule for a code; for an unlisted one the status decides.</summary>
    public static ErrorRule For(int code, int httpStatus) =>
        Rules.TryGetValue(code, out var rule) ? rule
        : httpStatus >= 500 ? Inside
        : httpStatus == 429 ? Rules[20429]
        : new ErrorRule(Reject, "Twilio refused the message.");
}
