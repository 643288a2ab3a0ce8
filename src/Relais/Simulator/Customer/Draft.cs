using System.Text.Json.Nodes;
using Relais.Simulator.Files;

namespace Relais.Simulator.Customer;

/// <summary>What may stand beside any message of a customer.</summary>
/// <param name="Quotes">Id of the message it answers.</param>
/// <param name="Forwarded">Somebody else's message, passed on.</param>
/// <param name="FrequentlyForwarded">Passed on many times.</param>
/// <param name="From">The advertisement that brought the customer.</param>
internal sealed record Beside(string? Quotes = null, bool Forwarded = false, bool FrequentlyForwarded = false, Advertisement? From = null)
{
    public static Beside Nothing { get; } = new();
}

/// <summary>A click-to-WhatsApp advertisement.</summary>
internal sealed record Advertisement(
    string Id = "120226305854810726", string Headline = "Chat with us", string Body = "Summer collection is here!",
    string Url = "https://fb.me/3cr4Wqqkv", string ClickId = "Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4_0NiNhEgpGo0AHemv",
    string SourceType = "ad");

/// <summary>A product in a cart.</summary>
internal sealed record CartLine(string ProductId, int Quantity = 1, decimal Price = 0, string Currency = "EUR");

/// <summary>A message before it gets its id: in Meta's shape, in Twilio's, and as its own phone shows it.</summary>
/// <param name="Type">Meta's type.</param>
/// <param name="Text">What is read in the bubble.</param>
/// <param name="Content">Meta: the object under the key named like the type.</param>
internal sealed record Draft(string Type, string Text, JsonNode Content)
{
    /// <summary>Twilio's MessageType when it is another word.</summary>
    public string? TwilioType { get; init; }

    /// <summary>Twilio's Body when it is not <see cref="Text"/>.</summary>
    public string? TwilioBody { get; init; }

    /// <summary>Twilio's parameters of this type.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form { get; init; } = [];

    /// <summary>The file it carries.</summary>
    public SimulatedFile? File { get; init; }

    /// <summary>Contact cards, which Twilio delivers as a file.</summary>
    public byte[]? VCard { get; init; }

    public Shown? Extra { get; init; }

    public Beside Beside { get; init; } = Beside.Nothing;

    /// <summary>Meta: what stands beside type and content, e.g. errors.</summary>
    public JsonObject? More { get; init; }

    /// <summary>Meta leaves the contacts out of number changes.</summary>
    public bool HasNoContact { get; init; }

    /// <summary>False for what changes another bubble instead of being one.</summary>
    public bool IsBubble { get; init; } = true;
}
