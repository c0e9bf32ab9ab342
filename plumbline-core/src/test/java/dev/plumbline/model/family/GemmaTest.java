package dev.plumbline.model.family;

class GemmaTest extends FamilyContractTest {

    @Override
    String family() {
        return "gemma";
    }
}
