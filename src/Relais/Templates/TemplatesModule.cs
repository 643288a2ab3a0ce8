namespace Relais.Templates;

/// <summary>
/// Templates: a copy of what the providers have, kept in step by webhooks (<see cref="TemplateUpdates"/>) and by looking
/// (<see cref="TemplateSync"/>); the way to create and delete them; and the answer to the send gate (<see cref="TemplateGate"/>).
/// </summary>
internal static class TemplatesModule
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddSingleton<TemplateAccounts>();
        services.AddSingleton<TemplateSync>();
        services.AddSingleton<TemplateUpdates>();
        services.AddSingleton<TemplateSubmission>();
        return services;
    }
}
