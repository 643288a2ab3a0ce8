using System.Net;
using Relais.Simulator;

namespace Relais.Load;

/// <summary>How the slow customer of a run is slow.</summary>
internal enum SlowCustomer
{
    None = 0,

    /// <summary>The provider never answers sends to them.</summary>
    Hang = 1,

    /// <summary>The provider answers 131056: too many messages to this customer.</summary>
    Throttled = 2,
}

/// <summary>The provider is away for the first part of every period of the run.</summary>
internal sealed record Outage(TimeSpan Down, TimeSpan Every);

/// <summary>What one run of <c>relais load</c> does. The defaults are those of the command line.</summary>
internal sealed record LoadOptions
{
    public SimulatedChannel Channel { get; init; } = SimulatedChannel.Meta;

    /// <summary>The server's webhook; plain http on this computer only.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:5080/api/whatsapp/webhook");

    /// <summary>Signs webhooks. Meta: the app secret. Twilio: the auth token.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Meta: the phone_number_id. Twilio: the sender's E.164.</summary>
    public string Number { get; init; } = "106540352242922";

    /// <summary>Meta: the WhatsApp Business Account's id. Twilio: the AccountSid.</summary>
    public string Account { get; init; } = "102290129340398";

    /// <summary>Twilio: the public URL that is signed, when it is not <see cref="Url"/>.</summary>
    public Uri? SignedUrl { get; init; }

    /// <summary>Where the provider listens for the server's sends.</summary>
    public Uri Provider { get; init; } = new("http://127.0.0.1:9100");

    /// <summary>What each customer writes.</summary>
    public string Text { get; init; } = "Bonjour";

    /// <summary>Closed loop: how many webhooks are under way at once. Open loop: at most 512, whatever is given.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>Closed loop: how many messages.</summary>
    public int Messages { get; init; } = 6000;

    /// <summary>Open loop: messages a second; 0 for the closed loop.</summary>
    public int Rate { get; init; }

    /// <summary>Open loop: how long.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Messages before the measured ones, answered before the run starts.</summary>
    public int Warm { get; init; }

    /// <summary>Statuses reported for each reply (sent, delivered, read), 20 ms after it and 20 ms apart: 0 to 3.</summary>
    public int Statuses { get; init; }

    /// <summary>Status webhooks a second about replies that were accepted before, beside the messages; open loop only.</summary>
    public int StatusRate { get; init; }

    public Outage? ProviderDown { get; init; }

    public SlowCustomer SlowCustomer { get; init; }

    /// <summary>False for a bare endpoint that only acknowledges: then nothing is awaited and nothing can be lost.</summary>
    public bool AwaitReplies { get; init; } = true;

    /// <summary>How long after the last webhook replies are awaited.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Server processes by name; their children count with them.</summary>
    public IReadOnlyDictionary<string, int> Processes { get; init; } = new Dictionary<string, int>();

    public int Total => Rate > 0 ? (int)(Rate * Seconds) : Messages;

    /// <summary>The sentence that mends them, or null.</summary>
    public string? Problem() =>
        !IsHere(Url) ? $"{Url} is not plain http on this computer. `relais load` only floods a server on loopback: give --url http://127.0.0.1:PORT/…, on the machine the server runs on."
        : !IsHere(Provider) ? $"{Provider} is not plain http on this computer. Give --provider http://127.0.0.1:PORT, and start the server with RELAIS_META_URL or RELAIS_TWILIO_URL at that address."
        : Secret.Length == 0 ? "Give --secret: what signs webhooks (WHATSAPP_APP_SECRET, or TWILIO_AUTH_TOKEN with --kind twilio)."
        : Total is < 1 or > 1_000_000 ? "A run has 1 to 1,000,000 messages: see --messages, --rate and --seconds."
        : Connections is < 1 or > 512 ? "--connections is 1 to 512."
        : Statuses is < 0 or > 3 ? "--statuses is 0 to 3: sent, delivered, read."
        : StatusRate > 0 && Rate == 0 ? "--status-rate needs --rate: a flood is an open loop."
        : ProviderDown is { } outage && (outage.Down <= TimeSpan.Zero || outage.Every <= outage.Down) ? "--provider-down is DOWN/PERIOD in seconds, e.g. 3/10."
        : null;

    private static bool IsHere(Uri url) =>
        url.IsAbsoluteUri && url.Scheme == "http" && (url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
