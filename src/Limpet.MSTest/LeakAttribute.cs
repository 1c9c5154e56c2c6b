using System.Globalization;
using Limpet.KnownLeaks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>Tests of one leak by its number: the property <c>leak=1</c>.</summary>
/// <param name="number">The number; at least 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class LeakAttribute(int number) : TestPropertyAttribute(TestTraits.Leak, number.ToString(CultureInfo.InvariantCulture))
{
    /// <summary>The number.</summary>
    public int Number { get; } = number;
}
