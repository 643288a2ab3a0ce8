using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Where the agent has no answer a person gets the conversation, the customer is told so, and the agent keeps quiet.</summary>
public sealed class HandOffs
{
    private const long WithPeople = 5;

    [Theory, OnEveryDatabase]
    public async Task Whoever_needs_a_person_is_told_that_one_will_answer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            await IsHandedOff(relais.Chat(number, "+33611110001"), "Où est ma commande TRK999999?",
                "Je ne trouve pas de commande avec ce numéro.", "Un membre de notre équipe");
            await IsHandedOff(relais.Chat(number, "+447711110002"), "Where is my order TRK999999?", "I can't find an order with this number");
            await IsHandedOff(relais.Chat(number, "+212611110003"), "أين طلبي TRK999999؟", "لم أجد طلباً بهذا الرقم");
            await IsHandedOff(relais.Chat(number, "+33611110004"), "Je veux parler à un conseiller", "Je transmets votre demande");
            await IsHandedOff(relais.Chat(number, "+447711110005"), "I want to talk to a person", "I'm passing your request");
            await IsHandedOff(relais.Chat(number, "+212611110006"), "أريد التحدث مع شخص", "سأحيل طلبك");
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_model_that_fails_ends_in_a_hand_off_and_not_in_silence(DatabaseKind kind)
    {
        // The second is a defect that nobody foresaw: the turn is tried three times before people get it. It is logged on the way.
        foreach (var failure in new Func<Exception>[] { () => new HttpRequestException("away"), () => new NotSupportedException("a defect") })
        {
            using var model = new WritingModel(TimeSpan.Zero, failure);
            await using var relais = await RelaisHost.Start(kind, extra: services =>
            {
                services.AddSingleton<IChatClient>(model);
                services.AddLogging(logging => logging.ClearProviders());
            });
            await IsHandedOff(relais.Chat(relais.Meta, "+447711110001"), "What are your opening hours?", "A member of our team");
        }
    }

    private static async Task IsHandedOff(ChatScript customer, string text, params string[] parts)
    {
        await customer.Asks(text, parts);
        (await customer.Assignee()).ShouldBe(WithPeople);
        await customer.Says("Bonjour ? Quels sont vos horaires d'ouverture ?");

        // That their message has come and somebody will answer: once.
        await customer.Hears();
        await customer.Says("Bonjour ? Quels sont vos horaires d'ouverture ?");
        await customer.HearsNoMore();
        (await customer.Stored()).Count(m => m.IsInbound).ShouldBe(3);
    }
}
