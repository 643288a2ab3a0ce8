using System.Collections.Frozen;
using static Relais.Channels.ErrorAction;

namespace Relais.Channels.Meta;

/// <summary>
/// Meta's error codes (developers.facebook.com, Cloud API error codes, 2026-09-11) and what each asks of us. The code
/// decides, never the HTTP status or the title: throttling is HTTP 400, and some permanent faults are HTTP 500.
/// </summary>
internal static class MetaErrors
{
    /// <summary>A mended token should be noticed well inside the ten minutes a message is held.</summary>
    private static readonly TimeSpan TokenWait = TimeSpan.FromSeconds(60);

    /// <summary>Meta's pair rate is one message in six seconds to the same customer.</summary>
    private static readonly TimeSpan PairWait = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How long the first pause of a template lasts (template-pausing); the second takes twice as long.</summary>
    private static readonly TimeSpan TemplatePause = TimeSpan.FromHours(3);

    private static readonly FrozenDictionary<int, ErrorRule> Rules = new Dictionary<int, ErrorRule>
    {
        // What a new token mends is held, so that the messages still go out after mending.
        [0] = new(ProbeInbox, "Meta did not accept the access token; put a valid one into this inbox.", TokenWait),
        [190] = new(ProbeInbox, "The access token has expired or was revoked; put a new one into this inbox.", TokenWait),
        [3] = Permission(),
        [10] = Permission(),
        [131005] = Permission(),

        // Rates: the message is fine, its time is not.
        [4] = new(HoldInbox, "The app has used up its calls for now.", Minute),
        [80007] = new(HoldInbox, "The WhatsApp Business Account has used up its calls for now.", Minute),
        [130429] = new(HoldInbox, "This number sends faster than Meta allows.", TimeSpan.FromSeconds(2)),
        [131056] = new(HoldRecipient, "Too many messages to this customer in a short time.", PairWait),

        // Meta lifts it by itself: tried every hour.
        [131064] = new(ProbeInbox, "Meta stopped the account over wrongly classified templates until its enforcement period ends.", Hour),

        // Meta is ill for a while.
        [1] = new(Retry, "Meta could not make sense of the request or failed inside."),
        [2] = new(HoldInbox, "Meta's service is down or overloaded."),
        [131000] = new(Retry, "Meta failed for a reason it does not name."),
        [131016] = new(HoldInbox, "Meta's service is unavailable."),
        [133004] = new(HoldInbox, "Meta's server is unavailable."),
        [131057] = new(HoldInbox, "The number is in maintenance, usually for a minute.", Minute),
        [2494100] = new(HoldInbox, "The number is in maintenance.", Minute),
        [134101] = new(Retry, "The template is still being prepared; this takes up to ten minutes.", TimeSpan.FromMinutes(2)),

        // Enforcement and billing: no message of this number goes out until a person acts.
        [33] = new(StopInbox, "The phone number was deleted or its id is wrong; check the inbox's phone_number_id."),
        [368] = new(StopInbox, "Meta restricted the account for a policy violation; see Account Quality in WhatsApp Manager."),
        [131031] = new(StopInbox, "Meta locked the account; see Account Quality in WhatsApp Manager."),
        [131037] = new(StopInbox, "The number needs an approved display name; ask for one in WhatsApp Manager."),
        [131042] = new(StopInbox, "Meta could not bill the account; mend the payment method in Meta Business Suite."),
        [131045] = new(StopInbox, "The number is not registered correctly; register it again."),
        [131048] = new(StopInbox, "Meta limits this number because of its quality rating; see WhatsApp Manager before sending on."),
        [133000] = new(StopInbox, "An earlier deregistration is incomplete; deregister and register the number again."),
        [133005] = new(StopInbox, "The two-step PIN is wrong; register the number with the right one."),
        [133006] = new(StopInbox, "The number must be verified again before it can be registered."),
        [133008] = new(StopInbox, "Too many wrong PINs; wait as long as Meta says, then register the number."),
        [133009] = new(StopInbox, "The PIN was entered too fast; wait, then register the number."),
        [133010] = new(StopInbox, "The number is not registered on the Cloud API; register it."),
        [133015] = new(StopInbox, "The number was deleted a moment ago; wait five minutes and register it again."),
        [133016] = new(StopInbox, "Too many registrations of this number; wait 72 hours."),
        [134011] = new(StopInbox, "The terms of WhatsApp payments are not accepted; accept them in WhatsApp Manager."),

        [131050] = new(MarketingOptedOut, "The customer does not want marketing messages of this business."),

        // This message or this customer, for good.
        [100] = new(Reject, "Meta found a parameter it does not take."),
        [130403] = new(Reject, "The business has blocked this customer; unblock first."),
        [130472] = new(Reject, "The customer is part of a Meta experiment and gets no marketing messages."),
        [130497] = new(Reject, "This account may not message customers in that country."),
        [131008] = new(Reject, "Meta misses a parameter."),
        [131009] = new(Reject, "Meta found a parameter with a wrong value."),
        [131021] = new(Reject, "The number cannot write to itself."),
        [131026] = new(Reject, "The customer cannot be reached: not on WhatsApp, an old app, or new terms not accepted."),
        [131030] = new(Reject, "A test number writes only to its list of recipients; add the customer there."),
        [131035] = new(Reject, "Meta could not deliver a webhook in time."),
        [131036] = new(Reject, "The message was not delivered in the time set for it."),
        [131047] = new(Reject, "More than 24 hours since the customer last wrote; use a template."),
        [131049] = new(Reject, "Meta held this marketing message back; try again in a day at the earliest."),
        [131051] = new(Reject, "Meta does not take this type of message."),
        [131052] = new(Reject, "Meta could not load the customer's file; ask for it again."),
        [131053] = new(Reject, "Meta could not load the file to send; check its type, size and link."),
        [131055] = new(Reject, "This way of sending takes marketing templates only."),
        [131060] = new(Reject, "The message is not available on this number."),
        [131062] = new(Reject, "This message needs the customer's phone number, and only a user id is known."),
        [131063] = new(Reject, "Marketing templates are switched off for this way of sending."),
        [132000] = new(Reject, "The template has another number of variables."),
        [132001] = new(Reject, "The template does not exist in this language or is not approved; refresh the templates."),
        [132005] = new(Reject, "The template is too long with these values."),
        [132007] = new(Reject, "The template's text breaks a policy on format or characters."),
        [132008] = new(Reject, "A variable of the template has a value Meta does not take."),
        [132012] = new(Reject, "A variable of the template has another format."),
        [132015] = new(PutOff, "The template is paused for low quality; use another or wait until Meta resumes it.", TemplatePause),
        [132016] = new(Reject, "The template is disabled for low quality; make a new one."),
        [132018] = new(Reject, "The template's variables do not pass Meta's checks."),
        [132068] = new(Reject, "The flow is blocked; correct it in WhatsApp Manager."),
        [132069] = new(PutOff, "The flow is throttled to ten messages an hour.", Hour),
        [134100] = new(Reject, "This way of sending takes marketing templates only."),
        [134102] = new(Reject, "The template is not available for this way of sending."),
        [135000] = new(Reject, "Meta found something wrong in the request without saying what."),
        [137000] = new(Reject, "The customer's identity has changed; check it before writing again."),
    }.ToFrozenDictionary();

    /// <summary>The rule for a code; for an unlisted one the status class decides: Meta's own 5xx passes, a 4xx never will.</summary>
    public static ErrorRule For(int code, int httpStatus) =>
        Rules.TryGetValue(code, out var rule) ? rule
        : code is >= 200 and <= 299 ? Permission()
        : httpStatus >= 500 ? new ErrorRule(Retry, "Meta failed on its side.")
        : new ErrorRule(Reject, "Meta refused the message.");

    private static ErrorRule Permission() =>
        new(ProbeInbox, "The access token lacks a permission (whatsapp_business_messaging); make a token that has it.", TokenWait);
}
