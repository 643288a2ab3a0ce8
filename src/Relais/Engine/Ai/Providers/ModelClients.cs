using Anthropic;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.Providers;

/// <summary>A configured model ⇒ the client that asks it, through the provider's official package.</summary>
internal sealed class ModelClients(ModelHttp http)
{
    /// <summary>For Anthropic, which refuses a request that names no bound.</summary>
    private const int MostTokens = 1_000;

    public IChatClient Connect(ModelSetup setup)
    {
        var way = setup.IsTenants ? http.Tenants : http.Operators;
        return setup.Provider == ModelCatalogue.Anthropic
            ? new AnthropicClient
            {
                ApiKey = setup.Key ?? "none",
                BaseUrl = setup.BaseUrl.ToString().TrimEnd('/'),
                HttpClient = way,
                MaxRetries = 0,
                Timeout = TimeSpan.FromMinutes(2),
            }.AsIChatClient(setup.Name, MostTokens)
            : new OpenAiChatClient(setup, way);
    }
}
