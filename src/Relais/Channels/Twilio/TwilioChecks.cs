using System.Text.Json;

namespace Relais.Channels.Twilio;

/// <summary>What Twilio's answers about an account say, as findings with the way to mend them. Pure.</summary>
internal static class TwilioChecks
{
    /// <summary>Twilio's shared number for trying out.</summary>
    private const string SandboxNumber = "+14155238886";

    private const string IncomingPath = "/api/whatsapp/webhook/incoming";

    public static bool IsSandbox(InboxAddress inbox) => inbox.Address == SandboxNumber;

    public static AccountCheck Token(AccountAnswer account) => account switch
    {
        { IsGood: true } => new("access_token", true, "Twilio takes the account SID and auth token."),
        { Code: 20003 } or { Status: 401 } => new("access_token", false, $"Twilio refuses the account SID and auth token ({account.Said}).",
            "Copy both from the Twilio Console's first page into TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: the account's primary token, not an API key."),
        _ => new("access_token", null, $"Twilio could not be asked ({account.Said})."),
    };

    public static AccountCheck Account(AccountAnswer account)
    {
        if (account.Code == 20404)
        {
            return new("account", false, "Twilio does not know this account.", "Copy the account SID (AC…) from the Twilio Console into TWILIO_ACCOUNT_SID.");
        }

        if (!account.IsGood)
        {
            return new("account", null, $"The account's state could not be asked for ({account.Said}).");
        }

        var state = account.Json.Text("status"u8) ?? "active";
        var isTrial = string.Equals(account.Json.Text("type"u8), "trial", StringComparison.OrdinalIgnoreCase);
        return state != "active"
            ? new("account", false, $"The account is {state}.", "See the Twilio Console: balance, billing, or a message of Twilio's about the account.")
            : new("account", true, isTrial ? "The account is active, as a trial: it writes to verified numbers only, 50 messages a day." : "The account is active.");
    }

    public static JsonElement Sender(AccountAnswer? senders, string number)
    {
        foreach (var sender in senders?.Json.Get("senders"u8).Items() ?? default)
        {
            if (sender.Text("sender_id"u8) == $"whatsapp:{number}")
            {
                return sender;
            }
        }

        return default;
    }

    public static AccountCheck Number(InboxAddress inbox, AccountAnswer? senders, JsonElement sender)
    {
        if (IsSandbox(inbox))
        {
            return new("number", true, "This is Twilio's shared sandbox number.");
        }

        if (senders is not { IsGood: true })
        {
            return new("number", null, senders is null ? "The account has to answer first." : $"Twilio does not list the account's senders ({senders.Said}).");
        }

        if (sender.ValueKind != JsonValueKind.Object)
        {
            return new("number", false, $"{inbox.Address} is no WhatsApp sender of this account.",
                "Check TWILIO_WHATSAPP_NUMBER, or register the number (Twilio Console, Messaging, Senders, WhatsApp senders).");
        }

        var state = sender.Text("status"u8) ?? "ONLINE";
        return state.StartsWith("ONLINE", StringComparison.OrdinalIgnoreCase)
            ? new("number", true, $"{inbox.Address} is online.")
            : new("number", false, $"{inbox.Address} is {state}.", "See the sender in the Twilio Console (Messaging, Senders, WhatsApp senders) for what Twilio asks of you.");
    }

    public static AccountCheck Webhook(InboxAddress inbox, AccountAnswer? senders, JsonElement sender, Uri? publicUrl)
    {
        var wanted = publicUrl is null ? null : publicUrl.ToString().TrimEnd('/') + IncomingPath;
        var fix = $"Set “when a message comes in” to {wanted ?? "the public address followed by " + IncomingPath}, method POST.";
        if (IsSandbox(inbox))
        {
            return new("subscription", null, "Twilio does not tell over its API where the sandbox's webhook goes.",
                $"Look it up in the Twilio Console (Messaging, Try it out, WhatsApp, Sandbox settings). {fix}");
        }

        if (senders is not { IsGood: true } || sender.ValueKind != JsonValueKind.Object)
        {
            return new("subscription", null, "Where the sender's webhook goes could not be asked for.");
        }

        var called = sender.Get("webhook"u8).Text("callback_url"u8);
        return called is null ? new("subscription", false, "The sender has no webhook of its own; unless its Messaging Service has one, no message comes in.", fix)
            : publicUrl is not null && !called.StartsWith(publicUrl.ToString().TrimEnd('/') + "/", StringComparison.Ordinal)
            ? new("subscription", false, $"The sender calls {called}, which is not the public address of this server.", fix)
            : new("subscription", true, $"The sender calls {called}.");
    }

    public static IEnumerable<AccountCheck> Sandbox(InboxAddress inbox)
    {
        if (IsSandbox(inbox))
        {
            yield return new("sandbox", true,
                "Sandbox: each customer first sends “join” and your sandbox's word to +1 415 523 8886, and again after three days; error 63015 means that they have not. One message every three seconds.");
        }
    }
}
