using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Engine;
using Relais.Engine.Ai;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.Ai.AgentStage;

namespace Relais.Tests.Engine.Ai;

public sealed class AiAgentTests
{
    [Fact]
    public async Task A_text_answer_is_the_reply_and_the_new_language_comes_first()
    {
        using var model = StagedModel.Saying(" Nous livrons partout. ");
        (await Decide(Turn("Bonjour, livrez-vous à Oran ?"), model)).ShouldBe(
            [new Decision.SpeakLanguage("fr"), new Decision.Reply("Nous livrons partout.")]);
    }

    [Fact]
    public async Task A_language_already_spoken_is_not_told_again_and_a_changed_one_is()
    {
        using var model = StagedModel.Saying("ok");
        (await Decide(Turn("where is my order please") with { Language = "en" }, model)).ShouldBe([new Decision.Reply("ok")]);
        (await Decide(Turn("أين طلبي من فضلك") with { Language = "en" }, model))[0].ShouldBe(new Decision.SpeakLanguage("ar"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("TRK1")]
    [InlineData("ok")]
    public async Task A_message_without_a_language_keeps_the_one_of_the_conversation(string text)
    {
        using var model = StagedModel.Failing(new TimeoutException());
        (await Decide(Turn(text) with { Language = "ar" }, model)).ShouldBe(
            [new Decision.HandOff(HandoffReason.ModelFailed, AgentTexts.HandOff("ar", HandoffReason.ModelFailed))]);
        (await Decide(Turn(text) with { DefaultLanguage = "en" }, model)).ShouldBe(
            [new Decision.HandOff(HandoffReason.ModelFailed, AgentTexts.HandOff("en", HandoffReason.ModelFailed))]);
    }

    [Fact]
    public async Task The_model_gets_prompt_history_messages_tools_language_and_business()
    {
        using var model = StagedModel.Saying("ok");
        var turn = Turn("Où est TRK123456 ?", "merci") with { History = [Said(1, "Bonjour"), Answered(2, "Bonjour!")] };
        await Decide(turn, model);
        model.Asked[0].Select(m => m.Role).ShouldBe([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User, ChatRole.User]);
        model.Asked[0][0].Text.ShouldContain("Beyond Express");
        model.Asked[0][0].Text.ShouldContain("French");
        model.Options!.Tools!.Select(t => t.Name).ShouldBe(["track_order", "search_knowledge", "hand_off"]);
        model.Options.AdditionalProperties!["language"].ShouldBe("fr");
        model.Options.AdditionalProperties["business"].ShouldBe("Beyond Express");
    }

    [Fact]
    public async Task A_tool_call_is_executed_and_its_result_goes_back_under_its_id()
    {
        using var model = StagedModel.Calling("track_order", Arguments("tracking_number", "TRK123456"), "Expédiée.");
        (await Decide(Turn("Où est ma commande TRK123456 ?"), model))[^1].ShouldBe(new Decision.Reply("Expédiée."));
        var result = model.Asked[1][^1].Contents.OfType<FunctionResultContent>().Single();
        result.CallId.ShouldBe("call");
        result.Result.ShouldBeOfType<string>().ShouldContain("\"status\":\"shipped\"");
    }

    [Theory]
    [InlineData("customer_asked", HandoffReason.CustomerAsked)]
    [InlineData("order_not_found", HandoffReason.OrderNotFound)]
    [InlineData("whatever you like", HandoffReason.NoAnswerFound)]
    [InlineData(null, HandoffReason.NoAnswerFound)]
    internal async Task A_hand_off_speaks_our_words_never_the_models(string? reason, HandoffReason expected)
    {
        using var model = new StagedModel((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [new TextContent("HAHA"), new FunctionCallContent("1", "hand_off", Arguments("reason", reason))]))));
        (await Decide(Turn("I want to cancel my order"), model))[^1].ShouldBe(new Decision.HandOff(expected, AgentTexts.HandOff("en", expected)));
    }

    public static TheoryData<Exception> Failures => [new HttpRequestException("401"), new TimeoutException(), new JsonException(), new InvalidOperationException(), new IOException(), new TaskCanceledException()];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_model_that_fails_gives_the_customer_a_person(Exception failure)
    {
        using var model = StagedModel.Failing(failure);
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.ModelFailed);
    }

    [Fact]
    public async Task A_model_that_hangs_and_ignores_its_token_is_left_at_the_deadline()
    {
        var hurried = new AiAgent(TimeProvider.System, NullLogger<AiAgent>.Instance, AiAgentLimits.Default with { Deadline = TimeSpan.FromMilliseconds(30) });
        using var model = new StagedModel((_, _) => new TaskCompletionSource<ChatResponse>().Task);
        Reason(await Decide(Turn("bonjour"), model, hurried)).ShouldBe(HandoffReason.ModelFailed);
    }

    [Fact]
    public async Task A_stop_by_the_caller_is_no_hand_off()
    {
        using var stop = new CancellationTokenSource();
        using var model = new StagedModel(async (_, cancel) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
            return new ChatResponse();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Agent.Decide(Turn("bonjour"), model, Tools, stop.Token));
    }

    [Fact]
    public async Task A_tool_that_fails_is_our_failure_and_reaches_the_worker()
    {
        using var model = StagedModel.Calling("track_order", Arguments("tracking_number", "TRK1"));
        var broken = Tools with { FindOrder = (_, _) => throw new InvalidOperationException("database") };
        await Should.ThrowAsync<InvalidOperationException>(() => Agent.Decide(Turn("TRK1"), model, broken, CancellationToken.None));
    }

    [Fact]
    public async Task A_model_that_calls_tools_for_ever_is_stopped_after_eight_steps()
    {
        using var model = new StagedModel((_, _) => Task.FromResult(StagedModel.Call("search_knowledge", Arguments("question", "x"))));
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.TooManySteps);
        model.Asked.Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_model_that_asks_for_a_thousand_tools_at_once_gets_none()
    {
        using var model = new StagedModel((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [.. Enumerable.Range(0, 1_000).Select(i => new FunctionCallContent($"{i}", "search_knowledge", Arguments("question", "x")))]))));
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.TooManySteps);
    }

    public static TheoryData<string, string?, object?> UnusableCalls => new()
    {
        { "drop_tables", "x", "y" },
        { "", null, null },
        { "track_order", null, null },
        { "track_order", "number", "TRK1" },
        { "track_order", "tracking_number", 3.5 },
        { "track_order", "tracking_number", "  " },
        { "track_order", "tracking_number", new string('9', 500) },
        { "search_knowledge", "question", JsonDocument.Parse("[1]").RootElement },
    };

    [Theory]
    [MemberData(nameof(UnusableCalls), DisableDiscoveryEnumeration = true)]
    public async Task An_unknown_tool_or_unusable_arguments_end_with_a_person(string tool, string? argument, object? value)
    {
        using var model = StagedModel.Calling(tool, argument is null ? null : Arguments(argument, value));
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.ModelFailed);
    }

    [Fact]
    public async Task Arguments_that_were_no_json_end_with_a_person()
    {
        using var model = new StagedModel((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [new FunctionCallContent("1", "search_knowledge", Arguments("question", "x")) { Exception = new JsonException() }]))));
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.ModelFailed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public async Task An_empty_answer_ends_with_a_person(string text)
    {
        using var model = StagedModel.Saying(text);
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.ModelFailed);
    }

    [Fact]
    public async Task An_answer_too_long_for_WhatsApp_ends_at_a_sentence()
    {
        using var model = StagedModel.Saying(string.Concat(Enumerable.Repeat("Voici une phrase. ", 700)));
        var reply = (await Decide(Turn("bonjour"), model))[^1].ShouldBeOfType<Decision.Reply>();
        reply.Text.Length.ShouldBeInRange(3_900, 4_000);
        reply.Text.ShouldEndWith("phrase.");
    }

    [Theory]
    [InlineData("Je vous transfère à un conseiller.")]
    [InlineData("One moment, I'm transferring you to an agent")]
    [InlineData("سأقوم بتحويلك إلى زميلي")]
    public async Task A_transfer_that_is_only_written_becomes_a_real_one(string text)
    {
        using var model = StagedModel.Saying(text);
        Reason(await Decide(Turn("bonjour"), model)).ShouldBe(HandoffReason.NoAnswerFound);
    }

    [Fact]
    public async Task Reactions_alone_ask_for_nothing()
    {
        using var model = StagedModel.Saying("?");
        (await Decide(Turn() with { Unanswered = [Sent("reaction", "👍")] }, model)).ShouldBeEmpty();
        model.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_nobody_can_read_go_to_a_person_without_asking_the_model()
    {
        using var model = StagedModel.Saying("?");
        var decisions = await Decide(Turn() with { Unanswered = [Sent("image"), Sent("audio"), Sent("reaction", "👍")], Language = "ar" }, model);
        decisions.ShouldBe([new Decision.HandOff(HandoffReason.UnreadableMessage, AgentTexts.HandOff("ar", HandoffReason.UnreadableMessage))]);
        model.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_with_a_caption_is_answered_by_its_caption()
    {
        using var model = StagedModel.Saying("oui");
        await Decide(Turn() with { Unanswered = [Sent("image", "Vous avez cette robe ?")] }, model);
        model.Asked[0][^1].Text.ShouldContain("Vous avez cette robe ?");
        model.Asked[0][^1].Text.ShouldContain("image");
    }

    private static Dictionary<string, object?> Arguments(string name, object? value) => new() { [name] = value };

    private static HandoffReason Reason(IReadOnlyList<Decision> decisions) => decisions[^1].ShouldBeOfType<Decision.HandOff>().Reason;
}
