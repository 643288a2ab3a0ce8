using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Providers;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Providers;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("écris à lina@exemple.fr ou lina@exemple.fr", "écris à [EMAIL_1] ou [EMAIL_1]")]
    [InlineData("appelle +33 6 11 11 07 77 ou 06 12 34 56 78", "appelle [PHONE_1] ou [PHONE_2]")]
    [InlineData("اتصل على +966501234567", "اتصل على [PHONE_1]")]
    [InlineData("IBAN FR76 3000 6000 0112 3456 7890 189.", "IBAN [IBAN_1].")]
    [InlineData("carte 4242 4242 4242 4242", "carte [CARD_1]")]
    [InlineData("commande 12345678, TRK123456, 3 articles à 1500 DA", "commande 12345678, TRK123456, 3 articles à 1500 DA")]
    [InlineData("le 21/03/2026 à 10:30", "le 21/03/2026 à 10:30")]
    public void What_is_a_persons_becomes_a_placeholder(string text, string hidden)
    {
        var redaction = new Redaction();
        redaction.Hide(text).ShouldBe(hidden);
        redaction.Restore(hidden).ShouldBe(text);
    }

    [Fact]
    public void What_was_hidden_comes_back_as_it_was()
    {
        var words = Gen.Elements("", "Bonjour", "42", "x@", "+", "0", "(", "السلام", "lina@exemple.fr", "4242 4242 4242 4242", "[PHONE", "1234567 89");
        var texts = from before in words from number in Gen.Choose(1_000_000, 9_999_999) from after in words select (before, number, after);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(texts), part =>
        {
            var text = $"{part.before} +3361{part.number} {part.after}";
            var redaction = new Redaction();
            var hidden = redaction.Hide(text);
            hidden.ShouldNotContain($"{part.number}");
            redaction.Restore(hidden).ShouldBe(text);
        }));
    }

    [Fact]
    public async Task A_model_sees_placeholders_everywhere_and_its_answer_and_its_calls_have_the_values_again()
    {
        using var inner = new Listening();
        using var client = new RedactingChatClient(inner);
        var response = await client.GetResponseAsync(
        [
            new ChatMessage(ChatRole.System, "Answer."),
            new ChatMessage(ChatRole.User, "Je suis lina@exemple.fr"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "find", new Dictionary<string, object?> { ["email"] = "lina@exemple.fr" })]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", JsonSerializer.SerializeToElement(new { phone = "+33611110777", count = 2 }))]),
        ]);
        inner.Seen.ShouldNotContain("lina@");
        inner.Seen.ShouldNotContain("33611110777");
        inner.Seen.ShouldContain("[EMAIL_1]");
        response.Text.ShouldBe("On rappelle +33611110777 et lina@exemple.fr.");
        var call = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ShouldHaveSingleItem();
        call.Arguments!["to"]!.ToString().ShouldBe("lina@exemple.fr");
    }

    private sealed class Listening : UnstreamedChatClient
    {
        public string Seen { get; private set; } = "";

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Seen = string.Join('\n', messages.SelectMany(m => m.Contents).Select(c => c switch
            {
                TextContent t => t.Text,
                FunctionCallContent call => JsonSerializer.Serialize(call.Arguments),
                FunctionResultContent result => JsonSerializer.Serialize(result.Result),
                _ => "",
            }));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [
                new TextContent("On rappelle [PHONE_2] et EMAIL_1."),
                new FunctionCallContent("2", "write", new Dictionary<string, object?> { ["to"] = JsonSerializer.SerializeToElement("[EMAIL_1]") }),
            ])));
        }
    }
}
