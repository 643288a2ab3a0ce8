using Relais.Tests.Support;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A customer greets and asks what many ask, each in their language, on both channels.</summary>
public sealed class Greetings
{
    [Theory, OnEveryDatabase]
    public async Task A_customer_greets_asks_a_frequent_question_and_says_thanks(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var french = relais.Chat(number, "+33611110001");
            await french.Asks("Bonjour", "Bonjour! 👋 Je suis l'assistant Beyond Express.", "Comment puis-je vous aider aujourd'hui?");
            await french.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi, de 9 h à 19 h");
            await french.Asks("Combien coûte la livraison ?", "4,90 €");
            await french.Asks("merci beaucoup", "Avec plaisir!");

            var english = relais.Chat(number, "+447711110002");
            await english.Asks("Hello", "I'm the Beyond Express assistant");
            await english.Asks("What are your opening hours?", "Monday to Saturday");
            await english.Asks("How can I pay?", "cash on delivery");

            var arabic = relais.Chat(number, "+212611110003");
            await arabic.Asks("السلام عليكم", "المساعد الآلي لدى Beyond Express");
            await arabic.Asks("ما هي ساعات العمل؟", "من الإثنين إلى السبت");
            await arabic.Asks("هل يمكنني إرجاع منتج؟", "14 يوماً");
        }

        await relais.IsInOrder();
    }
}
