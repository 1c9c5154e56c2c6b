using Limpet.KnownLeaks;
using NUnit.Framework;

namespace Limpet.NUnit;

/// <summary>Tests that are about a leak: the property <c>memory_leak=true</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MemoryLeakAttribute() : PropertyAttribute(TestTraits.MemoryLeak, "true");
