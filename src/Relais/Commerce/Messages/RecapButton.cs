using System.Globalization;
using System.Security.Cryptography;

namespace Relais.Commerce.Messages;

/// <summary>A button about an order; its id is <c>order:confirm:&lt;order id&gt;:&lt;nonce&gt;</c>.</summary>
/// <param name="Act">A word of <see cref="OrderAct"/>.</param>
/// <param name="OrderId">Ours.</param>
/// <param name="Nonce">Of the question it belongs to.</param>
internal readonly record struct RecapButton(string Act, long OrderId, string Nonce)
{
    public static string Id(string act, long orderId, string nonce) => $"order:{act}:{orderId}:{nonce}";

    /// <summary>For one question: 64 random bits, in hex.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Null for any other choice.</summary>
    public static RecapButton? Read(string? choiceId) =>
        choiceId is not null && choiceId.StartsWith("order:", StringComparison.Ordinal)
        && choiceId.Split(':') is [_, OrderAct.Confirm or OrderAct.Modify or OrderAct.Cancel or OrderAct.Keep, _, { Length: 16 }] parts
        && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var orderId)
            ? new RecapButton(parts[1], orderId, parts[3]) : null;
}
