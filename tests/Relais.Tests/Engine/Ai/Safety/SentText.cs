using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Channels;
using Relais.Engine;
using Relais.Engine.Ai;

namespace Relais.Tests.Engine.Ai.Safety;

/// <summary>What decisions send to the customer, and what is looked for in it. Finds links in its own way, not in LinkGuard's.</summary>
internal static partial class SentText
{
    public static string Of(IReadOnlyList<Decision> decisions) => string.Join('\n', decisions.Select(d => d switch
    {
        Decision.Reply reply => reply.Text,
        Decision.HandOff handOff => handOff.CustomerText,
        Decision.Send { Content: OutboundContent.Buttons buttons } => buttons.Body + "\n" + string.Join('\n', buttons.Items.Select(i => i.Title)),
        Decision.Send send => JsonSerializer.Serialize(send.Content, send.Content.GetType()),
        _ => "",
    }));

    /// <summary>Lower-case letters and digits.</summary>
    public static string Bare(string text) => string.Concat(Seen(text).Where(char.IsLetterOrDigit));

    /// <summary>Anything of which a phone or a reader makes an address.</summary>
    public static IReadOnlyList<string> Links(string text) => [.. Address().Matches(Seen(text)).Select(m => m.Value)];

    private static string Seen(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)).ToLowerInvariant();

    [GeneratedRegex(
        @"\w+\s?:\s?/\s?/|\bwww\b|xn--|\bhxxp|\b\d+\.\d+\.\d+\.\d+|[\p{L}\p{N}\-]{2,}\.[\p{L}\-]{2,}|[\p{L}\p{N}\-]{2,}\s*(?:\[\.\]|\(\.\)|\bdot\b|\bpoint\b|نقطة|[。．․])\s*(?:com|net|org|xyz|info|top|gifts)\b|[\p{L}\p{N}\-]{2,}\s\.\s(?:com|net|org|shop|xyz|info)\b", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Address();
}
