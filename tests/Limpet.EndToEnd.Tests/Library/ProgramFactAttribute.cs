using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>A method that another test runs in a process of its own, and no test where it is not asked for: not even one that is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(ProgramFactDiscoverer))]
public sealed class ProgramFactAttribute(string variable, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1) : FactAttribute(sourceFilePath, sourceLineNumber)
{
    /// <summary>The environment variable that asks for it.</summary>
    public string Variable { get; } = variable;
}
