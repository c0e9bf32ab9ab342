package dev.plumbline.model.family;

class NanoChatTest extends FamilyContractTest {

    @Override
    String family() {
        return "nanochat";
    }
}
