using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.Simulations.Running;

/// <summary>
/// Answers from recordings, or asks a model and records. What was asked is everything a model sees: messages, tool calls and their results, tools with
/// their schemas. Left out of the hash: ids, of calls and of rows, which differ from one installation to the next.
/// </summary>
/// <param name="recordings">Where answers are looked up, and kept.</param>
/// <param name="model">Asked and recorded; null: a missing recording is a failure.</param>
/// <param name="caseName">Stands beside the answer and in the failure.</param>
internal sealed class RecordedChatClient(Recordings recordings, IChatClient? model, string caseName) : UnstreamedChatClient
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var hash = Hash(all, options);
        if (model is not null)
        {
            var response = await model.GetResponseAsync(all, options, cancellationToken);
            recordings.Keep(hash, caseName, response);
            return response;
        }

        return recordings.Find(hash) is { } known ? Play(known) : throw new NoModelAnswerException(
            $"No recorded answer for this request of case “{caseName}” ({hash[..12]}): the case, the prompt, the FAQs or the tools have changed since it was recorded. Record it again with `relais eval --record`.");
    }

    internal static string Hash(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            text.Append(message.Role.Value).Append('\n');
            foreach (var content in message.Contents)
            {
                text.Append(content switch
                {
                    TextContent words => "t:" + words.Text,
                    FunctionCallContent call => $"c:{call.Name} {JsonSerializer.Serialize(call.Arguments, ApiJson.Options)}",
                    FunctionResultContent result => "r:" + WithoutIds(result.Result as string ?? ""),
                    DataContent data => "d:" + Convert.ToHexStringLower(SHA256.HashData(data.Data.Span)),
                    _ => content.GetType().Name,
                }).Append('\n');
            }
        }

        foreach (var tool in (options?.Tools ?? []).OfType<AIFunctionDeclaration>().OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.Append("f:").Append(tool.Name).Append(tool.Description).Append(tool.JsonSchema.GetRawText()).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static ChatResponse Play(RecordedAnswer known)
    {
        var contents = new List<AIContent>();
        if (known.Text.Length > 0)
        {
            contents.Add(new TextContent(known.Text));
        }

        contents.AddRange(known.Calls.Select(c => new FunctionCallContent(
            c.Id, c.Name, c.Arguments.ToDictionary(a => a.Key, a => (object?)(a.Value is null ? null : JsonElement.Parse(a.Value.ToJsonString())), StringComparer.Ordinal))));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents));
    }

    /// <summary>A tool's result without its "id" fields and with its "score" rounded: the last digits of a sum differ between machines.</summary>
    private static string WithoutIds(string result)
    {
        try
        {
            var node = JsonNode.Parse(result);
            Strip(node);
            return node?.ToJsonString() ?? "";
        }
        catch (JsonException)
        {
            return result;
        }
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            fields.Remove("id");
            if (fields["score"] is JsonValue value && value.TryGetValue<double>(out var score))
            {
                fields["score"] = Math.Round(score, 2);
            }

            foreach (var (_, value2) in fields)
            {
                Strip(value2);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Strip(item);
            }
        }
    }
}
