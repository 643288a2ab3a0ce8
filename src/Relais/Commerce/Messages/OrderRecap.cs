using System.Text;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Messages;

/// <param name="Name">Of the product, as the customer knows it.</param>
/// <param name="Quantity">1 or more.</param>
/// <param name="Total">Of the line, or null when prices are not shown.</param>
internal sealed record RecapLine(string Name, long Quantity, Money? Total);

/// <summary>What an order recap says.</summary>
/// <param name="OrderId">Ours; part of the buttons' ids.</param>
/// <param name="Number">As the customer knows it.</param>
/// <param name="Lines">What was ordered; may be empty.</param>
/// <param name="Total">Of the whole order, or null.</param>
internal sealed record RecapOrder(long OrderId, string Number, IReadOnlyList<RecapLine> Lines, Money? Total);

/// <summary>
/// System C's order recap: the lines, the total, and the buttons Confirm, Modify and Cancel. It always fits: what does not is
/// counted in a line "+ N more". Pure.
/// </summary>
internal static class OrderRecap
{
    /// <summary>Body of a message with buttons, on either provider.</summary>
    private const int LongestBody = 1024;

    private const int LongestName = 80;
    private const int LongestLine = 240;

    /// <summary>What its buttons do, in their order.</summary>
    public static IReadOnlyList<string> Acts { get; } = [OrderAct.Confirm, OrderAct.Modify, OrderAct.Cancel];

    private static readonly System.Collections.Frozen.FrozenDictionary<string, string> Labels = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
        new[] { "fr", "ar", "en" }.Select(Words.In).SelectMany(w => new[] { (w.Confirm, OrderAct.Confirm), (w.Modify, OrderAct.Modify), (w.Cancel, OrderAct.Cancel) }),
        l => l.Item1, l => l.Item2, StringComparer.Ordinal);

    /// <summary>What a button with that label does; null for another label.</summary>
    public static string? ActOf(string? label) => label is null ? null : Labels.GetValueOrDefault(label);

    /// <summary>The labels of its buttons, in the order of <see cref="Acts"/>: a template's are the same.</summary>
    public static IReadOnlyList<string> LabelsIn(string language) => Words.In(language) is var words ? [words.Confirm, words.Modify, words.Cancel] : [];

    /// <summary>The same question asked again.</summary>
    public static OutboundContent.Buttons Again(string language, RecapOrder order, string nonce)
    {
        var first = language switch
        {
            "ar" => "⏰ طلبك ما زال بانتظار تأكيدك.",
            "en" => "⏰ Your order is still waiting for you to confirm it.",
            _ => "⏰ Votre commande attend toujours votre confirmation.",
        };
        var recap = Of(language, order with { Lines = [] }, nonce);
        return recap with { Body = $"{first}\n\n{recap.Body}" };
    }

    /// <summary>What was ordered and what it costs, in one line for a template.</summary>
    public static string OneLine(string language, RecapOrder order)
    {
        var lines = string.Join(", ", order.Lines.Select(l => $"{l.Quantity} × {ShortText.OneLine(l.Name)}"));
        var total = order.Total?.In(language);
        var text = lines.Length == 0 ? total ?? order.Number : total is null ? lines : $"{ShortText.Fit(lines, LongestLine)} – {total}";
        return ShortText.Fit(text, LongestLine + 40);
    }

    /// <param name="language">fr, ar or en.</param>
    /// <param name="order">What was ordered.</param>
    /// <param name="nonce">Random: an id that a customer can guess would let them confirm what is not theirs (<see cref="RecapButton"/>).</param>
    public static OutboundContent.Buttons Of(string language, RecapOrder order, string nonce)
    {
        var words = Words.In(language);
        return new OutboundContent.Buttons(Body(language, words, order),
        [
            new Choice(RecapButton.Id(OrderAct.Confirm, order.OrderId, nonce), words.Confirm),
            new Choice(RecapButton.Id(OrderAct.Modify, order.OrderId, nonce), words.Modify),
            new Choice(RecapButton.Id(OrderAct.Cancel, order.OrderId, nonce), words.Cancel),
        ]);
    }

    private static string Body(string language, Words words, RecapOrder order)
    {
        var head = $"🛒 *{words.Title}*\n{words.Order} {ShortText.Fit(ShortText.OneLine(order.Number), LongestName)}\n";
        var end = (order.Total is null ? "" : $"\n💰 *{words.Total} {order.Total.In(language)}*\n") + "\n" + words.Question;
        var lines = order.Lines.Select(l => Line(language, l)).ToList();
        var body = new StringBuilder(head);
        for (var i = 0; i < lines.Count; i++)
        {
            // Room is kept for the line that counts what is left, unless nothing is.
            var rest = lines.Count - i - 1;
            var more = rest == 0 ? "" : words.More(rest);
            if (body.Length + 1 + lines[i].Length + more.Length + end.Length + 1 > LongestBody)
            {
                body.Append('\n').Append(words.More(rest + 1));
                break;
            }

            body.Append('\n').Append(lines[i]);
        }

        return body.Append(lines.Count == 0 ? "" : "\n").Append(end).ToString();
    }

    private static string Line(string language, RecapLine line)
    {
        var name = ShortText.Fit(ShortText.OneLine(line.Name).Replace('*', '·'), LongestName);
        return line.Total is null ? $"• {line.Quantity} × {name}" : $"• {line.Quantity} × {name} – {line.Total.In(language)}";
    }

    private sealed record Words(string Title, string Order, string Total, string Question, string Confirm, string Modify, string Cancel, Func<int, string> More)
    {
        public static Words In(string language) => language switch
        {
            "ar" => new("ملخص طلبك", "الطلب", "المجموع:", "هل كل شيء صحيح؟", "تأكيد", "تعديل", "إلغاء", n => $"+ {n} أخرى"),
            "en" => new("Your order", "Order", "Total:", "Is everything right?", "Confirm", "Modify", "Cancel", n => $"+ {n} more"),
            _ => new("Récapitulatif de votre commande", "Commande", "Total :", "Est-ce que tout est bon ?", "Confirmer", "Modifier", "Annuler",
                n => n == 1 ? "+ 1 autre article" : $"+ {n} autres articles"),
        };
    }
}
