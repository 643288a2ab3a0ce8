using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Messages without words are answered politely, in the customer's language, and not again and again.</summary>
public sealed class Wordless
{
    private const string Unsupported = "\"type\":\"unsupported\",\"timestamp\":\"1790000000\",\"errors\":[{\"code\":131051,\"title\":\"Message type unknown\"}],\"unsupported\":{\"type\":\"poll_creation\"}";

    private static readonly string[] Waiting = ["تم استلام رسالتك. سيجيبك أحد مستشارينا قريباً.", "Your message has been received. An agent will answer you shortly.", "Votre message a été reçu. Un agent vous répondra sous peu."];

    [Theory, OnEveryDatabase]
    public async Task Ten_things_nobody_can_read_are_answered_once_and_shown_to_people(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var (from, greeting, answer) in new[]
        {
            ("33611110001", "Bonjour", "Un membre de notre équipe va le consulter"), ("447711110002", "Good morning, how are you?", "A member of our team will look at it"),
            ("212611110003", "مرحبا كيف الحال", "سيطّلع عليها أحد أعضاء فريقنا"),
        })
        {
            var customer = relais.Chat(relais.Meta, "+" + from);
            await customer.Says(greeting);
            await relais.Settled();
            var before = customer.Answers.Count;
            for (var i = 0; i < 10; i++)
            {
                await relais.Post(MetaBody.Messages(relais.Meta, from, $"\"id\":\"wamid.u{from}.{i}\",{Unsupported}"));
            }

            await relais.Settled();

            // Those that came after the hand-off may be told to wait, once, as any message is.
            var answers = customer.Answers.Skip(before).Where(m => !Waiting.Contains(m.Text)).ToList();
            answers.Count.ShouldBe(1, from);
            answers[0].Text.ShouldContain(answer);
            (await customer.Assignee()).ShouldBe(5);
        }

        (await relais.Facts.Count("SELECT count(*) FROM message WHERE type = 'unsupported' AND raw LIKE '%131051%' AND payload LIKE '%poll_creation%'")).ShouldBe(30);
    }

    [Theory, OnEveryDatabase]
    public async Task A_sticker_or_a_contact_card_alone_does_not_take_the_agent_away(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Asks("Bonjour", "Beyond Express");
        for (var i = 0; i < 4; i++)
        {
            await relais.Post(MetaBody.Messages(relais.Meta, "33611110001", MetaBody.Of($"wamid.s{i}", "sticker", "{\"mime_type\":\"image/webp\"}")));
            await relais.Settled();
        }

        await customer.Hears("Dites-moi comment je peux vous aider");
        await relais.Post(MetaBody.Messages(relais.Meta, "33611110001", MetaBody.Of("wamid.c1", "contacts", """[{"name":{"formatted_name":"Léa Petit"},"phones":[{"phone":"+33612340009"}]}]""")));
        await customer.Hears("bien reçu ce contact");
        await customer.HearsNoMore();
        (await customer.Assignee()).ShouldBe(2);
        await customer.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
    }
}
