using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// OpenAI, Gemini and every server that speaks OpenAI's Chat Completions (Ollama, vLLM), over the official package: its address joining, keys and pipeline. Bodies are
/// ours (ADR 0027).
/// </summary>
internal sealed class OpenAiChatClient : UnstreamedChatClient
{
    private readonly ModelSetup setup;
    private readonly ChatClient client;

    public OpenAiChatClient(ModelSetup setup, HttpClient http)
    {
        this.setup = setup;
        client = new ChatClient(setup.Name, new ApiKeyCredential(setup.Key ?? "none"), new OpenAIClientOptions
        {
            Endpoint = setup.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = TimeSpan.FromMinutes(2),
        });
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var body = BinaryContent.Create(BinaryData.FromString(OpenAiRequest.Write(setup, messages, options).ToJsonString()));
        var result = await client.CompleteChatAsync(body, new RequestOptions { CancellationToken = cancellationToken });
        return OpenAiAnswer.Read(result.GetRawResponse().Content.ToMemory());
    }
}
