using System.Diagnostics;
using Microsoft.Extensions.AI;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.Ai.AgentStage;

namespace Relais.Tests.Engine.Ai;

public sealed class BuiltInChatClientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Bonjour", "Bonjour! 👋 Je suis l'assistant Beyond Express.\n\nComment puis-je vous aider aujourd'hui?")]
    [InlineData("join huge-picture", "Bonjour! 👋 Je suis l'assistant Beyond Express.\n\nComment puis-je vous aider aujourd'hui?")]
    [InlineData("Hello there 🙂", "Hello! 👋 I'm the Beyond Express assistant.\n\nHow can I help you today?")]
    [InlineData("السلام عليكم", "مرحباً! 👋 أنا المساعد الآلي لدى Beyond Express.\n\nكيف يمكنني مساعدتك اليوم؟")]
    [InlineData("salam khoya labas", "مرحباً! 👋 أنا المساعد الآلي لدى Beyond Express.\n\nكيف يمكنني مساعدتك اليوم؟")]
    public async Task A_greeting_is_greeted_in_the_name_of_the_business(string text, string expected) =>
        Text(await BuiltIn(text)).ShouldBe(expected);

    [Theory]
    [InlineData("Où est ma commande TRK123456?")]
    [InlineData("trk 123456")]
    [InlineData("Trk-123-456 svp")]
    [InlineData("suivi TRK n°123456")]
    public async Task A_tracking_number_in_any_spelling_is_looked_up(string text) =>
        Text(await BuiltIn(Turn(text) with { Language = "fr" })).ShouldBe("🚚 Votre commande TRK123456 est expédiée avec Yalidine.\n📅 Livraison prévue le 5 mars.");

    [Fact]
    public async Task Arabic_digits_are_digits() =>
        Text(await BuiltIn("أين طلبي TRK١٢٣٤٥٦ ؟")).ShouldBe("🚚 تم شحن طلبك TRK123456 مع Yalidine.\n📅 التسليم متوقع يوم 5 مارس.");

    [Theory]
    [InlineData("where is my order #123456")]
    [InlineData("my order is 123456, where is it?")]
    public async Task A_bare_number_after_an_order_word_is_one_too(string text) =>
        Text(await BuiltIn(text)).ShouldBe("✅ Your order 123456 is confirmed.");

    [Theory]
    [InlineData("Où est ma commande TRK999999 ?", "fr")]
    [InlineData("where is TRK999999 please", "en")]
    [InlineData("fin wslat lcommande TRK999999", "ar")]
    public async Task An_order_nobody_knows_goes_to_a_person(string text, string language) =>
        (await BuiltIn(text)).ShouldBe(new Decision.HandOff(HandoffReason.OrderNotFound, AgentTexts.HandOff(language, HandoffReason.OrderNotFound)));

    [Theory]
    [InlineData("Où est ma commande ?", "fr")]
    [InlineData("mon colis n'est pas arrivé", "fr")]
    [InlineData("where is my package", "en")]
    [InlineData("أين طلبيتي؟", "ar")]
    [InlineData("fin wslat lcommande dyali", "ar")]
    [InlineData("وين راه الكولي تاعي", "ar")]
    public async Task An_order_without_a_number_is_asked_for_it(string text, string language) =>
        Text(await BuiltIn(text)).ShouldBe(AgentTexts.AskForNumber(language));

    [Fact]
    public async Task The_number_is_asked_for_once_then_read_from_a_bare_answer_or_left_to_a_person()
    {
        var asked = Turn("123456") with { Language = "fr", History = [Said(1, "où est ma commande"), Answered(2, AgentTexts.AskForNumber("fr"))] };
        Text(await BuiltIn(asked)).ShouldBe("✅ Votre commande 123456 est confirmée.");
        Reason(await BuiltIn(asked with { Unanswered = [Said(3, "je ne trouve pas le numéro de ma commande")] })).ShouldBe(HandoffReason.NoAnswerFound);
    }

    [Theory]
    [InlineData("je veux parler à un conseiller")]
    [InlineData("Agent")]
    [InlineData("une personne svp")]
    [InlineData("passez-moi quelqu'un de réel, un humain")]
    [InlineData("can I talk to a human")]
    [InlineData("I need to speak to someone")]
    [InlineData("أريد التحدث مع موظف")]
    [InlineData("بغيت نهضر مع شي واحد")]
    [InlineData("bghit nhder m3a chi wahd")]
    [InlineData("bghit ndwi m3a chi bnadem 3afak")]
    [InlineData("TRK123456 je veux parler à quelqu'un")]
    public async Task Who_asks_for_a_person_gets_one(string text) => Reason(await BuiltIn(text)).ShouldBe(HandoffReason.CustomerAsked);

    [Theory]
    [InlineData("merci beaucoup!", "fr")]
    [InlineData("thank you so much", "en")]
    [InlineData("شكرا جزيلا", "ar")]
    [InlineData("lah y3tik sa7a khoya", "ar")]
    [InlineData("ok merci bonne journée", "fr")]
    [InlineData("merci pour la livraison rapide", "fr")]
    public async Task Thanks_are_returned(string text, string language) => Text(await BuiltIn(text)).ShouldBe(AgentTexts.Thanks(language));

    [Fact]
    public async Task Small_words_get_small_answers()
    {
        Text(await BuiltIn("au revoir")).ShouldBe(AgentTexts.Goodbye("fr"));
        Text(await BuiltIn("ok")).ShouldBe(AgentTexts.Acknowledge("fr"));
        Text(await BuiltIn("👍")).ShouldBe(AgentTexts.Acknowledge("fr"));
        Text(await BuiltIn("Bonjour Ahmed")).ShouldBe(AgentTexts.Greeting("fr", "Beyond Express"));
        Text(await BuiltIn("tu es un robot ?")).ShouldBe(AgentTexts.AboutUs("fr", "Beyond Express"));
        Text(await BuiltIn("?")).ShouldBe(AgentTexts.Invite("fr"));
        Text(await BuiltIn("Bonjour, j'ai une question")).ShouldBe("Bonjour! 👋\n" + AgentTexts.Invite("fr"));
    }

    [Theory]
    [InlineData("how much is delivery", 3)]
    [InlineData("quels sont vos horaires ?", 1)]
    [InlineData("ch7al taman tawsil", 3)]
    [InlineData("comment annuler ma commande ?", 8)]
    public async Task A_question_the_faq_answers_is_answered_in_the_owners_words(string text, long entry) =>
        Text(await BuiltIn(text)).ShouldBe(Knowledge.FaqTrial.Entries.Single(e => e.Id == entry).Answer);

    [Theory]
    [InlineData("Bonjour, je voudrais réserver une table pour ce soir")]
    [InlineData("do you have vegan options?")]
    [InlineData("annuler ma commande TRK123456")]
    [InlineData("le prix du pull rouge ?")]
    [InlineData("la livraison est en retard")]
    [InlineData("c'est une arnaque, je veux être remboursé")]
    [InlineData("I want to order a pizza")]
    public async Task What_it_does_not_know_or_cannot_do_goes_to_a_person(string text) =>
        Reason(await BuiltIn(text)).ShouldBe(HandoffReason.NoAnswerFound);

    [Fact]
    public async Task A_table_can_be_booked_where_the_owner_says_how()
    {
        var faq = Relais.Knowledge.FaqSearch.Build([(1, "Comment réserver une table ?", "Appelez le 0522 00 00 00."), (2, "Quels sont vos horaires ?", "12h-23h.")]);
        var tools = Tools with { SearchFaqs = (q, _) => Task.FromResult<IReadOnlyList<FaqHit>>([.. faq.Find(q).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))]) };
        using var client = new BuiltInChatClient();
        var decisions = await Agent.Decide(Turn("Bonjour, je voudrais réserver une table pour ce soir"), client, tools, CancellationToken.None);
        Text(decisions[^1]).ShouldBe("Bonjour! 👋\nAppelez le 0522 00 00 00.");
    }

    [Fact]
    public async Task A_burst_gets_one_answer_to_all_of_it()
    {
        Text(await BuiltIn("Bonjour", "où est ma commande ?", "TRK123456")).ShouldStartWith("Bonjour! 👋\n🚚 Votre commande TRK123456");
        Text(await BuiltIn("TRK123456", "et vos horaires ?")).ShouldEndWith("livraison prévue le 5 mars.\n\nNous sommes ouverts du lundi au samedi de 9h à 19h.", Case.Insensitive);
        Text(await BuiltIn("TRK123456", "et TRK777")).ShouldContain("TRK777 est livrée");
        Text(await BuiltIn("TRK123456 svp", "ça fait trois jours que j'attends")).ShouldStartWith("🚚");
        Reason(await BuiltIn("TRK123456 svp", "et pouvez-vous me faire un gâteau ?")).ShouldBe(HandoffReason.NoAnswerFound);
        Reason(await BuiltIn("TRK123456", "TRK888888")).ShouldBe(HandoffReason.OrderNotFound);
    }

    [Fact]
    public async Task A_voice_note_next_to_a_greeting_is_not_overheard()
    {
        var turn = Turn("Bonjour") with { Unanswered = [Said(1, "Bonjour"), Sent("audio")] };
        Reason(await BuiltIn(turn)).ShouldBe(HandoffReason.UnreadableMessage);
    }

    [Fact]
    public async Task Earlier_messages_of_the_customer_are_not_answered_again()
    {
        var turn = Turn("merci") with { History = [Said(1, "je veux parler à un conseiller")] };
        Text(await BuiltIn(turn)).ShouldBe(AgentTexts.Thanks("fr"));
    }

    [Fact]
    public async Task Without_the_loops_marks_it_answers_the_messages_since_its_own_last_words()
    {
        using var client = new BuiltInChatClient();
        ChatMessage[] messages = [new(ChatRole.User, "un humain"), new(ChatRole.Assistant, "…"), new(ChatRole.User, "merci")];
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(messages))
        {
            updates.Add(update);
        }

        updates.Single().Text.ShouldBe(AgentTexts.Thanks("fr"));
    }

    [Fact]
    public async Task No_text_makes_it_fail()
    {
        string[] texts = ["\ud800", "\0", new string('a', 100_000), new string('9', 100_000), "trk" + new string('1', 5_000), string.Concat(Enumerable.Repeat("ﷺ", 2_000)), "🇲🇦", "٠١٢٣٤٥٦٧٨٩", "#", "%s {0} {1}", "'; drop table"];
        foreach (var text in texts)
        {
            (await BuiltIn(text)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_turn_costs_less_than_a_tenth_of_a_millisecond()
    {
        using var client = new BuiltInChatClient();
        Turn[] turns = [Turn("Bonjour"), Turn("Où est ma commande TRK123456 ?"), Turn("combien coûte la livraison svp ?"), Turn("je veux parler à un conseiller")];
        for (var round = 0; round < 3; round++)
        {
            foreach (var turn in turns)
            {
                for (var i = 0; i < 500; i++)
                {
                    await Decide(turn, client);
                }

                var watch = Stopwatch.StartNew();
                for (var i = 0; i < 1_000; i++)
                {
                    await Decide(turn, client);
                }

                output.WriteLine($"{turn.Unanswered[0].Text}: {watch.Elapsed.TotalMicroseconds / 1_000:F1} µs");
                if (round == 2)
                {
                    // Ten times the target, for a busy machine that runs other tests at once and an unoptimised build.
                    (watch.Elapsed.TotalMicroseconds / 1_000).ShouldBeLessThan(1_000);
                }
            }
        }
    }

    private static string Text(Decision decision) => decision.ShouldBeOfType<Decision.Reply>().Text;

    private static HandoffReason Reason(Decision decision) => decision.ShouldBeOfType<Decision.HandOff>().Reason;
}
