using Relais.Engine;
using Relais.Engine.Handoffs;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Handoffs;

public sealed class AutomaticRepliesTests
{
    [Theory]
    [InlineData(8, 1_500, true)]
    [InlineData(7, 1_500, false)]
    [InlineData(9, 20_000, false)]
    public void A_pace_that_no_thumb_keeps_is_noticed_at_the_eighth_answer(int exchanges, int replyMs, bool isNoticed) =>
        Noticed(exchanges, replyMs, i => $"Je suis l'assistant du magasin, message numéro {i}").ShouldBe(isNoticed);

    [Fact]
    public void A_long_answer_of_another_model_after_ten_seconds_is_one_too() =>
        Noticed(8, 10_000, i => $"Merci pour votre message numéro {i}. " + string.Concat(Enumerable.Repeat("Comment puis-je vous aider ? ", 6))).ShouldBeTrue();

    [Fact]
    public void The_same_words_at_that_pace_are_noticed_at_the_third() =>
        (Noticed(3, 800, _ => "Merci, nous vous répondrons bientôt"), Noticed(2, 800, _ => "Merci, nous vous répondrons bientôt")).ShouldBe((true, false));

    [Fact]
    public void Whoever_types_short_words_or_taps_quickly_is_a_person() =>
        (Noticed(9, 900, _ => "oui merci"), Noticed(9, 900, i => $"Choix numéro {i} de la liste", choice: "c1")).ShouldBe((false, false));

    [Fact]
    public void One_pause_like_a_persons_ends_it()
    {
        var messages = Exchanges(9, 1_000, i => $"Je suis l'assistant, message {i}", null);
        messages[9] = messages[9] with { At = messages[9].At + (60 * Instants.Second) };
        AutomaticReplies.Are(messages[..^1], messages[^1..]).ShouldBeFalse();
    }

    [Fact]
    public void Our_own_words_sent_back_are_an_echo()
    {
        var messages = Exchanges(3, 1_000, i => $"Réponse numéro {i} de la boutique", null);
        AutomaticReplies.Are(messages[..^1], messages[^1..]).ShouldBeTrue();
    }

    private static bool Noticed(int exchanges, int replyMs, Func<int, string> text, string? choice = null)
    {
        var messages = Exchanges(exchanges, replyMs, text, choice);
        return AutomaticReplies.Are(messages[..^1], messages[^1..]);
    }

    /// <summary>Our answer, their reply, so many times; each exchange half a minute after the last.</summary>
    private static List<TurnMessage> Exchanges(int count, int replyMs, Func<int, string> text, string? choice)
    {
        var messages = new List<TurnMessage>();
        for (var i = 1; i <= count; i++)
        {
            var at = i * 30 * Instants.Second;
            messages.Add(new TurnMessage(2 * i, false, "text", $"Réponse numéro {i} de la boutique", true) { At = at });
            messages.Add(new TurnMessage((2 * i) + 1, true, "text", text(i), true) { At = at + (replyMs * 1000L), ChoiceId = choice });
        }

        return messages;
    }
}
