using System.Text;
using Relais.Foundation;

namespace Relais.Intake;

/// <summary>A received webhook's body as it is kept once it was applied.</summary>
internal readonly record struct MaskedBody(long Id, byte[] Body);

/// <summary>Takes card numbers that a message was found to hold out of the forms in which it came.</summary>
internal static class MaskedCards
{
    /// <summary>In JSON, and in a form as Twilio posts it.</summary>
    private static readonly string[] Spaces = [" ", "+", "%20"];

    /// <param name="form">JSON, or a form as Twilio posts it.</param>
    /// <param name="cards">As the customer wrote them, with spaces or dashes.</param>
    public static string In(string form, IEnumerable<string> cards)
    {
        foreach (var card in cards)
        {
            var masked = CardNumbers.Masked(card);
            foreach (var space in Spaces)
            {
                form = form.Replace(card.Replace(" ", space, StringComparison.Ordinal), masked.Replace(" ", space, StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }

        return form;
    }

    public static byte[] In(byte[] body, IEnumerable<string> cards) => Encoding.UTF8.GetBytes(In(Encoding.UTF8.GetString(body), cards));
}
